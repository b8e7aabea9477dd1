using FrappeHybrid.Core.Contracts.Backups;

namespace FrappeHybrid.Core.Backups;

/// <summary>A backup as pages show it.</summary>
/// <param name="IsNewest">The newest of its site, which is always kept.</param>
public sealed record BackupView(
    Guid Id,
    Guid SiteId,
    string SiteName,
    BackupKind Kind,
    BackupState State,
    DateTimeOffset TakenAt,
    string? SiteTimeZone,
    string FrappeVersion,
    long DatabaseBytes,
    long Bytes,
    bool WithFiles,
    IReadOnlyList<BackupFile> Files,
    Guid JobId,
    bool IsNewest)
{
    /// <summary>The time as the site's own people read it, with the zone; null when the zone is not known.</summary>
    public string? SiteTime => SiteTimeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(SiteTimeZone, out var zone)
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(TakenAt, zone):yyyy-MM-dd HH:mm:ss} {SiteTimeZone}")
        : null;
}
