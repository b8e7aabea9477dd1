using System.Net;
using System.Security.Cryptography;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Backups;

/// <summary>Files of backups on their way from and to a server, and disks that are too small for them.</summary>
[Collection(AgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class BackupFilesEngineTests(AgentServerFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_download_is_the_file_and_what_was_downloaded_can_be_uploaded_and_deleted()
    {
        var (server, bench) = await fixture.BenchAsync();
        var site = await BackupEngineTests.SiteAsync(server, bench, "files.example.com");
        var taken = await BackupEngineTests.TakeAsync(server, bench, site, withFiles: true);
        var upload = Guid.CreateVersion7();
        foreach (var file in taken.Files)
        {
            using var answer = await server.Client.GetAsync(BackupRoutes.ForFile(bench, site, taken.Id, file.Kind), HttpCompletionOption.ResponseHeadersRead, Cancel);
            Assert.Equal((file.Bytes, file.Sha256), (answer.Content.Headers.ContentLength, answer.Headers.GetValues(BackupRoutes.Sha256Header).Single()));
            var bytes = await answer.Content.ReadAsByteArrayAsync(Cancel);
            Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
            using var content = new ByteArrayContent(bytes);
            using var arrived = await server.Client.PutAsync(BackupRoutes.ForUploadFile(bench, site, upload, file.Kind), content, Cancel);
            Assert.Equal(HttpStatusCode.OK, arrived.StatusCode);
        }

        var job = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, BackupRoutes.ForUpload(bench, site, upload), $$"""{"uploadId":"{{upload}}"}"""));
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        var kept = (await BackupEngineTests.ListAsync(server, bench, site)).Single(backup => backup.Id == upload);
        Assert.Equal((BackupKind.Upload, "15.50.0", taken.DatabaseBytes), (kept.Kind, kept.FrappeVersion, kept.DatabaseBytes));
        Assert.Equal(taken.Files.Select(file => (file.Kind, file.Bytes, file.Sha256)).Order(), kept.Files.Select(file => (file.Kind, file.Bytes, file.Sha256)).Order());

        using (var deleted = await server.Client.DeleteAsync(BackupRoutes.ForBackup(bench, site, taken.Id), Cancel))
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using (var again = await server.Client.DeleteAsync(BackupRoutes.ForBackup(bench, site, taken.Id), Cancel))
            Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.False(Directory.Exists(BackupEngineTests.FolderOf(server, bench, taken)));
        using var missing = await server.Client.GetAsync(BackupRoutes.ForFile(bench, site, taken.Id, BackupFileKind.Database), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task An_upload_of_any_size_passes_in_constant_memory_and_one_that_is_no_backup_leaves_nothing()
    {
        var (server, bench) = await fixture.BenchAsync();
        var site = await BackupEngineTests.SiteAsync(server, bench, "big.example.com");
        var upload = Guid.CreateVersion7();
        const long size = 400L << 20;
        var before = server.PeakMemory();
        using (var content = new StreamContent(new ZeroStream(size)))
        using (var arrived = await server.Client.PutAsync(BackupRoutes.ForUploadFile(bench, site, upload, BackupFileKind.Database), content, Cancel))
            Assert.Contains($"\"bytes\":{size}", await arrived.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        // What it took at its highest, ever: a hundredth of the file is far more than the buffers, and far less than the file.
        Assert.InRange(server.PeakMemory() - before, 0, 64L << 20);
        var job = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, BackupRoutes.ForUpload(bench, site, upload), $$"""{"uploadId":"{{upload}}"}"""));
        Assert.Equal(JobErrorCodes.BackupInvalid, job.Error?.Code);
        Assert.False(Directory.Exists(Path.Combine(new BenchFolder(server.Paths, bench).Backups, site.Value)));
    }

    [Fact]
    public async Task Without_room_a_backup_is_refused_before_it_begins_and_a_disk_that_fills_up_leaves_nothing()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Mounting a small disk needs root.");
        var (server, bench) = await fixture.BenchAsync();
        var site = await BackupEngineTests.SiteAsync(server, bench, "full.example.com");
        var database = (await server.ReadAsync(bench, site)).DatabaseName;

        // 150 MB that gzip cannot make smaller, so that the estimate (half of the data) is too low.
        await server.QueryAsync(
            $"CREATE TABLE `{database}`.`tabNoise` (`content` longblob); INSERT INTO `{database}`.`tabNoise` SELECT (SELECT GROUP_CONCAT(RANDOM_BYTES(1000) SEPARATOR '') FROM `{database}`.seq_1_to_1000) FROM `{database}`.seq_1_to_150");

        await server.QueryAsync($"ANALYZE TABLE `{database}`.`tabNoise`");
        var backups = new BenchFolder(server.Paths, bench).Backups;
        Directory.CreateDirectory(Path.Combine(backups, site.Value));
        var small = Path.Combine(backups, site.Value);
        foreach (var (megabytes, message) in new[] { (60, "There is no room for the backup"), (135, "The server's disk is full.") })
        {
            await Shell.RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=700,uid=1000,gid=1000", "tmpfs", small);
            try
            {
                var job = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, BackupRoutes.ForBackups(bench, site), """{"withFiles":false}"""));
                Assert.Equal((JobState.Failure, JobErrorCodes.DiskFull), (job.State, job.Error?.Code));
                Assert.StartsWith(message, job.Error!.Message, StringComparison.Ordinal);
                Assert.Empty(Directory.GetFileSystemEntries(small));
            }
            finally
            {
                await Shell.RunAsync("umount", small);
            }
        }

        Directory.Delete(small);
    }

    /// <summary>So many zeros, from nowhere.</summary>
    private sealed class ZeroStream(long length) : Stream
    {
        private long position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - position);
            Array.Clear(buffer, offset, read);
            position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
