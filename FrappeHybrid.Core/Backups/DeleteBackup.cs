using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Backups;

/// <summary>Deletes a backup: decided here and now, taken away from the server by <see cref="BackupSync"/> as soon as it can be asked.</summary>
public sealed class DeleteBackup(IDbContextFactory<PortalDb> databases, BackupSync sync, TimeProvider time)
{
    /// <summary>Done, or why not: "backup-newest", "site-busy".</summary>
    public async Task<Result> RunAsync(Actor actor, Guid backupId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var backup = await db.Backups.SingleOrDefaultAsync(each => each.Id == backupId, cancel);
        if (backup is null)
            return Error.NotFound;
        var site = await db.Sites.AsNoTracking().SingleAsync(each => each.Id == backup.SiteId, cancel);
        if (actor.Refuse(Capability.ManageSites, site) is { } refused)
            return refused;
        if (backup.State is BackupState.Deleting)
            return Result.Done;
        var newest = await db.Backups.Where(each => each.SiteId == backup.SiteId && each.State == BackupState.Available)
            .OrderByDescending(each => each.TakenAt).ThenByDescending(each => each.Id).Select(each => each.Id).FirstAsync(cancel);
        if (newest == backup.Id)
            return new Error("backup-newest", "This is the newest backup of the site; the newest is always kept.", "Take another one first, then delete this one.");

        // A restore or a clone may be reading it.
        if (await db.Jobs.AnyAsync(job => job.SiteId == backup.SiteId && (job.State == RunState.Undelivered || job.State == RunState.Pending || job.State == RunState.Running), cancel))
            return new Error("site-busy", $"A job works on {backup.SiteName} now.", "Delete the backup when it has ended.");

        backup.State = BackupState.Deleting;
        db.Activity.Add(ActivityEntry.Of(time, actor, site.Place, "delete-backup", $"Deleted the backup of {backup.SiteName} taken at {backup.TakenAt:yyyy-MM-dd HH:mm} UTC"));
        await db.SaveChangesAsync(cancel);
        sync.Raise();
        return Result.Done;
    }
}
