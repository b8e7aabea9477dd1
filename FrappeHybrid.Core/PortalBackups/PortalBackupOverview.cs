using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.PortalBackups;

/// <summary>The portal's backups of itself, for the operator's page.</summary>
/// <param name="Files">Newest first.</param>
/// <param name="NextAt">When the next daily one is due; null when none is made.</param>
/// <param name="Problem">Why the last daily one was not made.</param>
/// <param name="Keep">How many daily ones are kept.</param>
/// <param name="Folder">Where they are.</param>
/// <param name="KeyFile">Where the key is, without which none of them opens.</param>
/// <param name="IsKeyBeside">The key lies in the data folder, beside what it opens.</param>
public sealed record PortalBackupOverview(
    IReadOnlyList<PortalBackupFile> Files, DateTimeOffset? NextAt, Error? Problem, int Keep, string Folder, string KeyFile, bool IsKeyBeside)
{
    /// <summary>What they take together.</summary>
    public long Bytes => Files.Sum(file => file.Bytes);
}
