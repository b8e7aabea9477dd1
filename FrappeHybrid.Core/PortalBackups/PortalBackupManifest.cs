namespace FrappeHybrid.Core.PortalBackups;

/// <summary>What a backup of the portal says of itself.</summary>
/// <param name="Format">Always <see cref="PortalBackupFormat.Name"/>.</param>
/// <param name="FormatVersion">Of the file, not of the portal.</param>
/// <param name="PortalVersion">The portal that made it.</param>
/// <param name="MadeAt">When the database was copied.</param>
/// <param name="Members">All its files but the manifest and its seal.</param>
public sealed record PortalBackupManifest(string Format, int FormatVersion, string PortalVersion, DateTimeOffset MadeAt, IReadOnlyList<PortalBackupMember> Members)
{
    /// <summary>What it unpacks to, in bytes.</summary>
    public long Bytes => Members.Sum(member => member.Bytes);

    /// <summary>Whether the key is in it, closed with a passphrase.</summary>
    public bool HasKey => Members.Any(member => member.Name == PortalBackupFormat.Key);
}
