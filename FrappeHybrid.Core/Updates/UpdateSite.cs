using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Updates;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Updates;

/// <summary>Moves a site to a bench of a newer release on its server. The site's bench changes when the job has succeeded, and only then.</summary>
public sealed class UpdateSite(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>The job's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, Guid targetBenchId, bool skipFailingPatches, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var (site, bench) = found.Value;
        var target = await db.Benches.AsNoTracking().SingleOrDefaultAsync(each => each.Id == targetBenchId && each.ServerId == site.ServerId, cancel);
        if (target is null)
            return new Error("bench-not-found", "That bench is not on the site's server.", "Choose one from the list.");
        var job = jobs.ForSite(
            UpdateJobTypes.UpdateSite, site, UpdateRoutes.ForUpdate(bench.Name, site.Name), new UpdateSiteRequest(target.Name, skipFailingPatches), UpdateJson.Default.UpdateSiteRequest);
        return await orders.PlaceAsync(db, job, ActivityEntry.Of(time, actor, site.Place, "update-site", $"Began to update {site.Name} from {bench.Name} to {target.Name}"), cancel);
    }
}
