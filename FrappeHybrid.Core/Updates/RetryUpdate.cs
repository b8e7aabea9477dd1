using System.Text.Json;
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

/// <summary>The update or migration that was taken back, once more: as it was, or leaving out the patches that fail.</summary>
public sealed class RetryUpdate(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>The new job's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, bool skipFailingPatches, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var (site, bench) = found.Value;
        var last = await db.Jobs.AsNoTracking()
            .Where(job => job.SiteId == siteId && (job.Type == UpdateJobTypes.UpdateSite.Key || job.Type == UpdateJobTypes.MigrateSite.Key))
            .OrderByDescending(job => job.CreatedAt).FirstOrDefaultAsync(cancel);
        if (site.State is not SiteState.Recovered || last?.Request is null)
            return new Error("nothing-to-retry", $"No update of {site.Name} was taken back: there is nothing to try again.", "Open the site to see where it is.");

        Job again;
        if (last.Type == UpdateJobTypes.UpdateSite.Key)
        {
            var request = JsonSerializer.Deserialize(last.Request, UpdateJson.Default.UpdateSiteRequest)! with { SkipFailingPatches = skipFailingPatches };
            again = jobs.ForSite(UpdateJobTypes.UpdateSite, site, UpdateRoutes.ForUpdate(bench.Name, site.Name), request, UpdateJson.Default.UpdateSiteRequest);
        }
        else
        {
            again = jobs.ForSite(UpdateJobTypes.MigrateSite, site, UpdateRoutes.ForMigrate(bench.Name, site.Name), new MigrateSiteRequest(skipFailingPatches), UpdateJson.Default.MigrateSiteRequest);
        }

        var what = skipFailingPatches ? "without the patches that fail" : "as before";
        return await orders.PlaceAsync(db, again, ActivityEntry.Of(time, actor, site.Place, "retry-update", $"Tried {again.Title} of {site.Name} again, {what}"), cancel);
    }
}
