namespace FrappeHybrid.Core.Backups;

/// <summary>The backups of a site with what they come to.</summary>
/// <param name="Backups">Newest first.</param>
/// <param name="Bytes">Size of all of them.</param>
/// <param name="Keep">How many of them are kept.</param>
public sealed record BackupList(IReadOnlyList<BackupView> Backups, long Bytes, int Keep);
