using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Updates;

/// <summary>After an update that was taken back: leaves the site at the version that it has. Nothing happens on the server; it serves already.</summary>
public sealed class StayOnVersion(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid siteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var site = found.Value.Site;
        if (site.State is not SiteState.Recovered)
            return NotRecovered(site);

        site.Become(SiteState.Active, null);
        db.Activity.Add(ActivityEntry.Of(time, actor, site.Place, "stay-on-version", $"Left {site.Name} at its version"));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NotRecovered(site);
        }

        return Result.Done;
    }

    private static Error NotRecovered(Site site) => new("site-not-recovered", $"No update of {site.Name} waits for a decision.", "Open the site to see where it is.");
}
