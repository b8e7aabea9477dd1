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

/// <summary>Drops a site: a last backup, then it is archived on its server and can be brought back for seven days.</summary>
public sealed class DropSite(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>The job's id.</summary>
    /// <param name="siteId">The site; a fatal one may go too.</param>
    /// <param name="confirmedName">The site's name, typed by the person.</param>
    /// <param name="withoutBackup">The site goes though no backup of its database can be taken; it can then not be brought back.</param>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, string confirmedName, bool withoutBackup, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var (site, bench) = found.Value;
        if (confirmedName != site.Name.Value)
            return ConfirmedName.Wrong(site.Name);

        var job = jobs.ForSite(RestoreJobTypes.DropSite, site, RestoreRoutes.ForDrop(bench.Name, site.Name), new DropSiteRequest(withoutBackup), RestoreJson.Default.DropSiteRequest);
        return await orders.PlaceAsync(db, job, ActivityEntry.Of(time, actor, site.Place, "drop-site", $"Dropped site {site.Name}"), cancel);
    }
}
