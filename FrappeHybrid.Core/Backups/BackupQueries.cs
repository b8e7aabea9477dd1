using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Backups;

/// <summary>What pages ask about backups.</summary>
public sealed class BackupQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The site's backups, newest first, with totals; null when there is no such site or it is not the actor's to see.</summary>
    public async Task<BackupList?> ListAsync(Actor actor, Guid siteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var site = await db.Sites.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == siteId, cancel);
        if (site is null)
            return null;
        var rows = await db.Backups.AsNoTracking().Where(backup => backup.SiteId == siteId).OrderByDescending(backup => backup.TakenAt).ThenByDescending(backup => backup.Id).ToListAsync(cancel);
        var newest = rows.FirstOrDefault(backup => backup.State is BackupState.Available)?.Id;
        return new BackupList([.. rows.Select(row => View(row, newest))], rows.Sum(row => row.Bytes), site.BackupsToKeep);
    }

    /// <summary>One backup; null when there is none or it is not the actor's to see.</summary>
    public async Task<BackupView?> FindAsync(Actor actor, Guid backupId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await db.Backups.AsNoTracking().SingleOrDefaultAsync(backup => backup.Id == backupId && db.Sites.VisibleTo(actor).Any(site => site.Id == backup.SiteId), cancel);
        if (row is null)
            return null;
        var newest = await db.Backups.Where(backup => backup.SiteId == row.SiteId && backup.State == BackupState.Available)
            .OrderByDescending(backup => backup.TakenAt).ThenByDescending(backup => backup.Id).Select(backup => (Guid?)backup.Id).FirstOrDefaultAsync(cancel);
        return View(row, newest);
    }

    private static BackupView View(Backup row, Guid? newest) => new(
        row.Id, row.SiteId, row.SiteName.Value, row.Kind, row.State, row.TakenAt, row.SiteTimeZone, row.FrappeVersion, row.DatabaseBytes, row.Bytes, row.WithFiles, row.Files, row.JobId, row.Id == newest);
}
