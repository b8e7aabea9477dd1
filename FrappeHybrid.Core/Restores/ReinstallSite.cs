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

/// <summary>Makes a site new: its apps stay, its data goes, after a backup.</summary>
public sealed class ReinstallSite(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>The job's id.</summary>
    /// <param name="siteId">The site.</param>
    /// <param name="confirmedName">Its name, typed by the person.</param>
    /// <param name="administratorPassword">The new one; passed on once, kept only encrypted until the Agent has the job.</param>
    /// <param name="withoutBackup">No backup first: what the site is now is lost.</param>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, string confirmedName, string administratorPassword, bool withoutBackup, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var (site, bench) = found.Value;
        if (confirmedName != site.Name.Value)
            return ConfirmedName.Wrong(site.Name);
        if (!AdministratorPassword.IsValid(administratorPassword))
            return new Error("site-password-invalid", AdministratorPassword.Rule);

        var request = new ReinstallSiteRequest(administratorPassword, !withoutBackup);
        var job = jobs.ForSite(RestoreJobTypes.ReinstallSite, site, RestoreRoutes.ForReinstall(bench.Name, site.Name), request, RestoreJson.Default.ReinstallSiteRequest);
        return await orders.PlaceAsync(db, job, ActivityEntry.Of(time, actor, site.Place, "reinstall-site", $"Reinstalled site {site.Name}"), cancel);
    }
}
