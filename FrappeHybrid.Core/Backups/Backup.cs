using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Backups;

/// <summary>A whole, verified backup of a site on its server. Its id is the Agent's too.</summary>
public sealed class Backup : ITeamOwned
{
    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    /// <inheritdoc/>
    public Place Place => new(TeamId, ServerId, SiteId: SiteId);

    public required Guid ServerId { get; init; }

    /// <summary>The site; the files move along when the site moves to another bench.</summary>
    public required Guid SiteId { get; init; }

    /// <summary>The site as it was called then.</summary>
    public required SiteName SiteName { get; init; }

    public required BackupKind Kind { get; init; }

    public BackupState State { get; set; } = BackupState.Available;

    /// <summary>UTC, as every time here; <see cref="SiteTimeZone"/> is the site's own zone, null when it was not known.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    public string? SiteTimeZone { get; init; }

    public required string FrappeVersion { get; init; }

    /// <summary>Size of the dump before compression, in bytes.</summary>
    public required long DatabaseBytes { get; init; }

    /// <summary>Size of all files, in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>Public and private files are in it.</summary>
    public required bool WithFiles { get; init; }

    public required IReadOnlyList<BackupFile> Files { get; init; }

    /// <summary>The job that made it.</summary>
    public required Guid JobId { get; init; }

    /// <summary>The row of what an Agent has told.</summary>
    public static Backup Of(BackupRecord record, Guid teamId, Guid serverId, Guid siteId) => new()
    {
        Id = record.Id,
        TeamId = teamId,
        ServerId = serverId,
        SiteId = siteId,
        SiteName = record.Site,
        Kind = record.Kind,
        TakenAt = record.TakenAt,
        SiteTimeZone = record.SiteTimeZone,
        FrappeVersion = record.FrappeVersion,
        DatabaseBytes = record.DatabaseBytes,
        Bytes = record.Files.Sum(file => file.Bytes),
        WithFiles = record.Find(BackupFileKind.PublicFiles) is not null || record.Find(BackupFileKind.PrivateFiles) is not null,
        Files = record.Files,
        JobId = record.JobId,
    };
}
