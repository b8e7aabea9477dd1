using System.Globalization;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Backups;

/// <summary>How many backups of a site are kept.</summary>
public sealed class SetBackupRetention(IDbContextFactory<PortalDb> databases, BackupSync sync, TimeProvider time)
{
    /// <summary>The most that can be kept.</summary>
    public const int Most = 365;

    /// <summary>Done, or why not. What is more than that goes at once; the newest always stays.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid siteId, int keep, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        if (keep is < 1 or > Most)
            return new Error("backup-retention-invalid", string.Create(CultureInfo.InvariantCulture, $"The number of backups to keep is from 1 to {Most}."));
        var site = found.Value.Site;
        if (site.BackupsToKeep == keep)
            return Result.Done;
        var before = site.BackupsToKeep;
        site.BackupsToKeep = keep;
        await BackupRegister.TrimAsync(db, site, added: null, cancel);
        var summary = string.Create(CultureInfo.InvariantCulture, $"Keeps the {keep} newest backups of {site.Name}");
        db.Activity.Add(ActivityEntry.Of(time, actor, site.Place, "set-backup-retention", summary, before: before.ToString(CultureInfo.InvariantCulture), after: keep.ToString(CultureInfo.InvariantCulture)));
        await db.SaveChangesAsync(cancel);
        sync.Raise();
        return Result.Done;
    }
}
