using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Backups;

/// <summary>A backup that is whole and on the server's disk: result of the jobs that take one, and backup.json in its folder.</summary>
/// <param name="Id">Its name on the server and in the portal.</param>
/// <param name="Bench">The bench in which the site was; an update moves both, and this stays as it was.</param>
/// <param name="Site">The site as it was called.</param>
/// <param name="Kind">Why it was made.</param>
/// <param name="TakenAt">When the dump began, UTC; of an upload, when it came.</param>
/// <param name="SiteTimeZone">The site's own zone, e.g. "Asia/Kolkata"; null when it was not known.</param>
/// <param name="FrappeVersion">From the dump's header, e.g. "15.50.0".</param>
/// <param name="DatabaseBytes">Size of the dump before compression.</param>
/// <param name="Files">Database first; the tars only when the files were wanted.</param>
/// <param name="JobId">The job that made it.</param>
public sealed record BackupRecord(
    Guid Id,
    BenchName Bench,
    SiteName Site,
    BackupKind Kind,
    DateTimeOffset TakenAt,
    string? SiteTimeZone,
    string FrappeVersion,
    long DatabaseBytes,
    IReadOnlyList<BackupFile> Files,
    Guid JobId)
{
    /// <summary>The file of that kind; null when the backup has none.</summary>
    public BackupFile? Find(BackupFileKind kind) => Files.FirstOrDefault(file => file.Kind == kind);
}
