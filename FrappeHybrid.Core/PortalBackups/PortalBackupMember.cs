namespace FrappeHybrid.Core.PortalBackups;

/// <summary>One file in a backup of the portal.</summary>
/// <param name="Name">Its path below the data folder, such as "keys/check".</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256 (hex, lower case).</param>
public sealed record PortalBackupMember(string Name, long Bytes, string Sha256);
