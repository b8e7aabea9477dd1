using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Restores;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Restores;

/// <summary>Puts a backup in the place of what a site is: its own, an upload, or another site's of the same team and server.</summary>
public sealed class RestoreSite(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>The job's id.</summary>
    /// <param name="siteId">The site; a fatal one may be put back too.</param>
    /// <param name="backupId">What is put in its place.</param>
    /// <param name="withoutBackup">No safety backup first: what the site is now is lost.</param>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, Guid backupId, bool withoutBackup, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var (site, bench) = found.Value;
        var source = await RestoreSource.FindAsync(db, actor, backupId, site.TeamId, site.ServerId, cancel);
        if (!source.IsDone)
            return source.Error;

        var request = new RestoreSiteRequest(source.Value.Place, !withoutBackup);
        var job = jobs.ForSite(RestoreJobTypes.RestoreSite, site, RestoreRoutes.ForRestore(bench.Name, site.Name), request, RestoreJson.Default.RestoreSiteRequest);
        var of = source.Value.Backup;
        return await orders.PlaceAsync(
            db, job, ActivityEntry.Of(time, actor, site.Place, "restore-site", $"Restored site {site.Name} from the backup of {of.SiteName} of {of.TakenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC"), cancel);
    }
}
