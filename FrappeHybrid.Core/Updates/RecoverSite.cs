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

/// <summary>Takes a failed update back once more, after its own way back failed and the cause was mended.</summary>
public sealed class RecoverSite(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>The job's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var (site, bench) = found.Value;
        var job = jobs.ForSite(UpdateJobTypes.RecoverSite, site, UpdateRoutes.ForRecover(bench.Name, site.Name), new RecoverSiteRequest(), UpdateJson.Default.RecoverSiteRequest);
        return await orders.PlaceAsync(db, job, ActivityEntry.Of(time, actor, site.Place, "recover-site", $"Began to recover {site.Name}"), cancel);
    }
}
