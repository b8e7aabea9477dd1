using System.ComponentModel;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Sites;

namespace FrappeHybrid.Portal.Api;

/// <summary>A backup as programs see it.</summary>
internal sealed record BackupModel(
    Guid Id,
    Guid SiteId,
    string SiteName,
    BackupKind Kind,
    BackupState State,
    DateTimeOffset TakenAt,
    string FrappeVersion,
    long DatabaseBytes,
    long Bytes,
    bool WithFiles,
    [property: Description("Each can be downloaded by its kind.")] IReadOnlyList<BackupFile> Files,
    Guid JobId,
    [property: Description("The newest of its site, which is always kept.")] bool IsNewest)
{
    public static BackupModel Of(BackupView backup) => new(
        backup.Id, backup.SiteId, backup.SiteName, backup.Kind, backup.State, backup.TakenAt, backup.FrappeVersion, backup.DatabaseBytes, backup.Bytes, backup.WithFiles, backup.Files, backup.JobId,
        backup.IsNewest);
}

internal sealed record NewBackupBody([property: Description("Public and private files, too; otherwise database and configuration.")] bool WithFiles = true);

internal sealed record RetentionModel([property: Description("How many backups of the site are kept, 1 to 365; what is more goes at once, but never the newest.")] int Keep);

internal sealed record TrashModel(
    Guid SiteId,
    Guid TeamId,
    string Name,
    Guid ServerId,
    string ServerName,
    string BenchName,
    IReadOnlyList<string> Apps,
    DateTimeOffset DroppedAt,
    [property: Description("When it is deleted for ever.")] DateTimeOffset Until,
    [property: Description("Its database was backed up.")] bool CanComeBack,
    SiteState State,
    string? Note,
    Guid? LastJobId)
{
    public static TrashModel Of(TrashView site) => new(
        site.SiteId, site.Place.TeamId, site.Name, site.ServerId, site.ServerName, site.BenchName, site.Apps, site.DroppedAt, site.Until, site.CanComeBack, site.State, site.Note, site.LastJobId);
}

internal sealed record BringBackBody(
    [property: Description("Another name, when its own is taken by now.")] string? Name = null,
    [property: Description("Another bench of its server, when its own is gone.")] Guid? BenchId = null);

internal sealed record PurgeBody([property: Description("The site's name, so that nobody deletes another one.")] string ConfirmedName);
