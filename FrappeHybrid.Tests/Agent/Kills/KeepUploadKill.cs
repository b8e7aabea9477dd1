using System.IO.Compression;
using System.Text;
using FrappeHybrid.Agent.Backups;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Kills;

internal sealed class KeepUploadKill() : KillCase(BackupJobTypes.KeepUpload)
{
    private Guid upload;

    /// <summary>The upload is the job's from the order on: what is made here is gone after it, however it ends.</summary>
    public override async Task<Guid> OrderAsync(KillGround ground)
    {
        upload = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(SiteDump.Header("15.50.0") + "CREATE TABLE `__Auth` (x);\n-- Dump completed\n"));

        using var content = new ByteArrayContent(compressed.ToArray());
        using var answer = await ground.Server.Client.PutAsync(BackupRoutes.ForUploadFile(ground.Bench, ground.Site, upload, BackupFileKind.Database), content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await ground.OrderAsync(BackupRoutes.ForUpload(ground.Bench, ground.Site, upload), $$"""{"uploadId":"{{upload}}"}""");
    }

    public override async Task AssertFinishedAsync(KillGround ground, JobSnapshot job, InventoryChange change)
    {
        Assert.Equal("", change.WithoutAbout($"/backups/{ground.Site}").ToString());
        Assert.Equal(2, change.Added.Count(entry => entry.Contains($"/{upload}/", StringComparison.Ordinal)));
        await ground.AssertServesAsync();
    }

    public override Task TidyAsync(KillGround ground, JobSnapshot job)
    {
        Directory.Delete(Path.Combine(new BenchFolder(ground.Server.Paths, ground.Bench).Backups, ground.Site.Value), recursive: true);
        return Task.CompletedTask;
    }
}
