namespace FrappeHybrid.Core.PortalBackups;

/// <summary>A backup in the portal's own folder.</summary>
/// <param name="Name">Of the file.</param>
/// <param name="MadeAt">When it was begun.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="IsDaily">Made by the portal itself; somebody made the others.</param>
/// <param name="HasKey">The key is in it, closed with a passphrase.</param>
public sealed record PortalBackupFile(string Name, DateTimeOffset MadeAt, long Bytes, bool IsDaily, bool HasKey);
