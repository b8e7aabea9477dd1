using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>Gives a site another name; its domains, backups and database stay its own. For a moment it answers with 503.</summary>
public sealed class RenameSite(IDbContextFactory<PortalDb> databases, SiteNames names, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>The job's id; the name changes when the job has succeeded.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, string newName, CancellationToken cancel)
    {
        using var hold = await names.HoldAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var (site, bench) = found.Value;
        if (!SiteName.TryParse(newName?.Trim(), out var name))
            return new Error("site-name-invalid", SiteName.Rule);
        if (name == site.Name)
            return new Error("site-name-same", "That is its name already.");
        if (site.State is not SiteState.Active)
            return SiteOrders.NotServing(site);
        var job = jobs.ForSite(SiteJobTypes.Rename, site, SiteWorkRoutes.ForRename(bench.Name, site.Name), new RenameSiteRequest(name), SiteWorkJson.Default.RenameSiteRequest);
        return await orders.PlaceAsync(db, job, ActivityEntry.Of(time, actor, site.Place, "rename-site", $"Renamed site {site.Name} to {name}", before: site.Name.Value, after: name.Value), cancel);
    }
}
