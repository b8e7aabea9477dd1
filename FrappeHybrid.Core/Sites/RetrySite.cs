using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>Tries "New Site" again after it failed. The password is asked anew: the portal does not keep it.</summary>
public sealed class RetrySite(IDbContextFactory<PortalDb> databases, JobFactory jobs, DispatchSignal dispatch, TimeProvider time)
{
    /// <summary>The new job's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, string administratorPassword, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var site = await db.Sites.SingleOrDefaultAsync(each => each.Id == siteId, cancel);
        if (site is null)
            return Error.NotFound;
        if (actor.Refuse(Capability.ManageSites, site) is { } refused)
            return refused;
        if (!AdministratorPassword.IsValid(administratorPassword))
            return new Error("site-password-invalid", AdministratorPassword.Rule);
        if (!site.CanBecome(SiteState.Installing))
            return NotBroken(site);
        if (await db.Jobs.Where(job => job.SiteId == site.Id).OrderByDescending(job => job.CreatedAt).Select(job => job.Type).FirstOrDefaultAsync(cancel) is { } type && type != JobTypes.NewSite.Key)
            return new Error("site-from-backup", $"{site.Name} was to be made from another site's data, not empty.", "Give it up, and start again from the backup or the site that it was to be made of.");
        var bench = await db.Benches.AsNoTracking().SingleAsync(each => each.Id == site.BenchId, cancel);
        if (bench.State is not BenchState.Active)
            return new Error("bench-not-active", $"The bench {bench.Name} cannot take a site now: it is {bench.State.ToString().ToLowerInvariant()}.", "Wait until it is active.");

        site.Become(SiteState.Installing, null);
        var apps = site.Apps.Where(app => app != "frappe").Select(AppName.Parse).ToList();
        var job = jobs.NewSite(site, bench.Name, new NewSiteRequest(site.Name, administratorPassword, apps));
        db.Jobs.Add(job);
        db.Activity.Add(ActivityEntry.Of(time, actor, site.Place, "retry-site", $"Tried site {site.Name} again"));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NotBroken(site); // somebody else was first
        }

        dispatch.Raise();
        return job.Id;
    }

    private static Error NotBroken(Site site) => new("site-not-broken", $"The site {site.Name} is not broken: there is nothing to try again.", "Open the site to see where it is.");
}
