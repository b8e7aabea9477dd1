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

/// <summary>Makes a new site like another one, which goes on serving.</summary>
public sealed class CloneSite(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>The new site's id; its page shows the job.</summary>
    /// <param name="siteId">The site to copy.</param>
    /// <param name="benchId">The new site's bench: on the same server, of the same or a newer release.</param>
    /// <param name="name">The new site's name.</param>
    /// <param name="administratorPassword">For the new site; null to keep that of the old one.</param>
    /// <param name="quiet">Scheduler and outgoing mail off, so that the copy does not do what the original does too.</param>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, Guid benchId, string name, string? administratorPassword, bool quiet, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var (original, from) = found.Value;
        if (!original.IsServing)
            return SiteOrders.NotServing(original);
        var version = await db.Releases.Where(release => release.Id == from.ReleaseId).Select(release => release.Version).SingleAsync(cancel);
        var bench = await NewSiteRows.FindBenchAsync(db, actor, benchId, original.ServerId, original.TeamId, version, cancel);
        if (!bench.IsDone)
            return bench.Error;
        var parsed = await NewSiteRows.ReadNameAsync(db, name, administratorPassword, cancel);
        if (!parsed.IsDone)
            return parsed.Error;

        var site = NewSiteRows.NewSite(bench.Value, parsed.Value, original.Apps, time);
        var request = new CloneSiteRequest(site.Name, bench.Value.Name, administratorPassword, quiet);
        var job = jobs.ForSite(RestoreJobTypes.CloneSite, site, RestoreRoutes.ForClone(from.Name, original.Name), request, RestoreJson.Default.CloneSiteRequest);
        var activity = ActivityEntry.Of(time, actor, site.Place, "clone-site", $"Cloned site {original.Name} to {site.Name} in bench {bench.Value.Name}");
        return await NewSiteRows.PlaceAsync(db, orders, site, job, activity, cancel);
    }
}
