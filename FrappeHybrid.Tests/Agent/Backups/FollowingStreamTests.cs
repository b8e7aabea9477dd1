using System.Security.Cryptography;
using FrappeHybrid.Agent.Backups;
using FrappeHybrid.Core.Contracts.Backups;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Backups;

public sealed class FollowingStreamTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_behind_a_writer_gets_all_that_is_written_and_ends_with_it()
    {
        using var root = new TemporaryRoot();
        var path = Path.Combine(root.Folder, "file");
        var progress = new WriteProgress();
        var bytes = RandomNumberGenerator.GetBytes(3 << 20);
        await using var file = new HashedFile(path, progress);
        var reading = Task.Run(() => ReadAsync(path, progress, Cancel), Cancel);
        for (var at = 0; at < bytes.Length; at += 1 << 18)
            await file.WriteAsync(bytes.AsMemory(at, Math.Min(1 << 18, bytes.Length - at)), Cancel);

        Assert.False(reading.IsCompleted);
        file.Finish(BackupFileKind.Database);
        Assert.Equal(bytes, await reading);
    }

    [Fact]
    public async Task A_reader_whose_writer_gives_up_can_be_ended()
    {
        using var root = new TemporaryRoot();
        var path = Path.Combine(root.Folder, "file");
        var progress = new WriteProgress();
        await using var file = new HashedFile(path, progress);
        await file.WriteAsync(new byte[100], Cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reading = ReadAsync(path, progress, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private static async Task<byte[]> ReadAsync(string path, WriteProgress progress, CancellationToken cancel)
    {
        await using var file = new FileStream(path, new FileStreamOptions { BufferSize = 0 });
        await using var following = new FollowingStream(file, progress);
        using var read = new MemoryStream();
        await following.CopyToAsync(read, cancel);
        return read.ToArray();
    }
}
