using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Sites;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Backups;

/// <summary>
/// Makes the portal know backups. Every <see cref="IJobEffect"/> whose job takes a backup on its way calls <see cref="AddAsync(PortalDb, Job, BackupRecord, CancellationToken)"/> in its EndAsync with the record from
/// the job's result. What a failed job has left (a safety backup is whole before anything else begins) comes in by <see cref="BackupSync"/>.
/// </summary>
public static class BackupRegister
{
    /// <summary>
    /// Adds the backup to this save, once however often it is told, and marks what is more than the site is to keep. The site is the job's when it has the record's
    /// name, else the server's site of that name (a clone's backup is the source's); a backup of no known site is left out.
    /// </summary>
    public static async Task AddAsync(PortalDb db, Job job, BackupRecord record, CancellationToken cancel)
    {
        var site = job.SiteId is { } id ? await db.Sites.FindAsync([id], cancel) : null;
        if (site is null || site.Name != record.Site)
            site = await db.Sites.FirstOrDefaultAsync(each => each.ServerId == job.ServerId && each.Name == record.Site && each.State != SiteState.Archived, cancel) ?? site;
        if (site is not null)
            await AddAsync(db, site, record, cancel);
    }

    /// <summary>The same for a site that is known.</summary>
    internal static async Task<bool> AddAsync(PortalDb db, Site site, BackupRecord record, CancellationToken cancel)
    {
        if (await db.Backups.FindAsync([record.Id], cancel) is not null)
            return false;
        var added = Backup.Of(record, site.TeamId, site.ServerId, site.Id);
        db.Backups.Add(added);
        await TrimAsync(db, site, added, cancel);
        return true;
    }

    /// <summary>Marks what is more than the site is to keep, the oldest first; the newest stays whatever is set. Uploads and final backups are a person's to delete.</summary>
    internal static async Task TrimAsync(PortalDb db, Site site, Backup? added, CancellationToken cancel)
    {
        var kept = await db.Backups
            .Where(backup => backup.SiteId == site.Id && backup.State == BackupState.Available && backup.Kind != BackupKind.Upload && backup.Kind != BackupKind.Final)
            .ToListAsync(cancel);
        if (added is { Kind: not (BackupKind.Upload or BackupKind.Final) } && !kept.Contains(added))
            kept.Add(added);
        foreach (var surplus in kept.OrderByDescending(backup => backup.TakenAt).ThenByDescending(backup => backup.Id).Skip(Math.Max(site.BackupsToKeep, 1)))
            surplus.State = BackupState.Deleting;
    }
}
