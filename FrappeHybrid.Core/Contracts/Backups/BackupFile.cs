namespace FrappeHybrid.Core.Contracts.Backups;

/// <summary>One file of a backup.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Name">As bench names it, e.g. "20261122_013512-shop_example_com-database.sql.gz"; the time in it is the site's own (Frappe 15.50 does so too).</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">64 hex digits, computed while it was written.</param>
public sealed record BackupFile(BackupFileKind Kind, string Name, long Bytes, string Sha256);
