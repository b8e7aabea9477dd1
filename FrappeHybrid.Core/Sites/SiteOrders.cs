using System.Text.Json.Serialization.Metadata;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>What all acts on a site have in common: is it there, is it the actor's to change, does it run; then one job about it.</summary>
public sealed class SiteOrders(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>Orders a job about a site that answers requests.</summary>
    /// <param name="action">For the activity: a verb and a noun, e.g. "migrate-site".</param>
    /// <param name="what">For the activity: a sentence without the site's name at its end, e.g. "Migrated".</param>
    public async Task<Result<Guid>> OrderAsync<T>(
        Actor actor, Guid siteId, JobType type, Func<BenchName, SiteName, string> path, T request, JsonTypeInfo<T> json, string action, string what, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var (site, bench) = found.Value;
        if (!site.IsServing)
            return NotServing(site);
        var job = jobs.ForSite(type, site, path(bench.Name, site.Name), request, json);
        return await orders.PlaceAsync(db, job, ActivityEntry.Of(time, actor, site.Place, action, $"{what} {site.Name}"), cancel);
    }

    /// <summary>The site, tracked, with its bench; "not-found" or "forbidden" otherwise.</summary>
    public static async Task<Result<SiteInBench>> FindAsync(PortalDb db, Actor actor, Guid siteId, CancellationToken cancel)
    {
        var site = await db.Sites.SingleOrDefaultAsync(each => each.Id == siteId, cancel);
        if (site is null)
            return Error.NotFound;
        if (actor.Refuse(Capability.ManageSites, site) is { } refused)
            return refused;
        return new SiteInBench(site, await db.Benches.SingleAsync(each => each.Id == site.BenchId, cancel));
    }

    /// <summary>What a user is told who wants to work on a site that is busy, in the trash or broken.</summary>
    public static Error NotServing(Site site) => site.State is SiteState.Working
        ? new Error("site-busy", $"{site.Name} is busy: {site.StateReason ?? "a job works on it"}.", "Wait until that has ended; its page shows how far it is.")
        : new Error("site-not-active", $"{site.Name} is {site.State.ToString().ToLowerInvariant()}; this needs an active site.", "Open the site to see what can be done.");
}
