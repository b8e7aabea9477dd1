using FrappeHybrid.Core.Contracts.Backups;

namespace FrappeHybrid.Core.Backups;

/// <summary>A file of a backup on its way from its server.</summary>
public sealed class OpenedBackupFile(BackupFile file, HttpResponseMessage answer) : IDisposable
{
    /// <summary>Name, size and checksum as they were when the backup was taken.</summary>
    public BackupFile File { get; } = file;

    /// <summary>What is coming, to be read once.</summary>
    public Task<Stream> ReadAsync(CancellationToken cancel) => answer.Content.ReadAsStreamAsync(cancel);

    public void Dispose() => answer.Dispose();
}
