using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>Puts a site away that could not be made. Nothing of it is on the server (the failed job took it away), so that no job is needed; its name is free again.</summary>
public sealed class GiveUpSite(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid siteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var site = await db.Sites.SingleOrDefaultAsync(each => each.Id == siteId, cancel);
        if (site is null)
            return Error.NotFound;
        if (actor.Refuse(Capability.ManageSites, site) is { } refused)
            return refused;
        if (site.State is not SiteState.Broken)
            return NotBroken(site);

        site.Become(SiteState.Archived, "Given up.");
        db.Activity.Add(ActivityEntry.Of(time, actor, site.Place, "give-up-site", $"Gave up site {site.Name}"));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NotBroken(site);
        }

        return Result.Done;
    }

    private static Error NotBroken(Site site) => new("site-not-broken", $"The site {site.Name} is not broken; only a broken one can be given up.", "Open the site to see where it is.");
}
