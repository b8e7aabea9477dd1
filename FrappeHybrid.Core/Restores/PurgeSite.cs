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

/// <summary>Deletes for ever what is left of a dropped site: its files, its backups, everything.</summary>
public sealed class PurgeSite(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>The job's id.</summary>
    /// <param name="siteId">A site in the trash.</param>
    /// <param name="confirmedName">Its name, typed by the person.</param>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, string confirmedName, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var site = found.Value.Site;
        if (site is not { State: SiteState.Trashed, Trash: { } trash })
            return new Error("site-not-in-trash", $"{site.Name} is not in the trash.", "Look at the trash again: somebody was faster.");
        if (confirmedName != trash.Name.Value)
            return ConfirmedName.Wrong(trash.Name);
        return await orders.PlaceAsync(db, JobOf(jobs, site, trash), ActivityEntry.Of(time, actor, site.Place, "purge-site", $"Deleted site {trash.Name} for ever"), cancel);
    }

    internal static Job JobOf(JobFactory jobs, Site site, TrashedSite trash) => jobs.ForSite(
        RestoreJobTypes.PurgeTrashedSite, site, RestoreRoutes.ForPurge(trash.Name, trash.Archive), new PurgeSiteRequest(trash.Archive, trash.Name), RestoreJson.Default.PurgeSiteRequest);
}
