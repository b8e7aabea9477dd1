using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Updates;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Updates;

/// <summary>Takes the update of a bench one look further: what has ended is settled, what may begin is ordered. All it knows is in the database, so that it goes on after a restart.</summary>
public sealed class BenchUpdateStep(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>More at once would make each of them slower, and the server's visitors too.</summary>
    internal const int AtOnce = 2;

    /// <summary>Those in which something may have to be done.</summary>
    internal async Task<IReadOnlyList<Guid>> OpenAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.BenchUpdates
            .Where(update => update.State == BenchUpdateState.Running || update.Sites.Any(site => site.State == BenchUpdateSiteState.Running))
            .OrderBy(update => update.CreatedAt).Select(update => update.Id).ToListAsync(cancel);
    }

    /// <summary>One look; true when it should be looked at again at once.</summary>
    internal async Task<bool> AdvanceAsync(Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var update = await db.BenchUpdates.Include(each => each.Sites.OrderBy(site => site.Number)).SingleAsync(each => each.Id == id, cancel);
        try
        {
            await SettleAsync(db, update, cancel);
            if (update.FreePlaces(AtOnce) == 0 || await NextAsync(db, update, cancel) is not { } next)
            {
                await SaveAsync(db, update, cancel);
                return false;
            }

            return await BeginAsync(db, update, next.Item, next.Site, cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            // A person has decided meanwhile.
            return true;
        }
    }

    private async Task SettleAsync(PortalDb db, BenchUpdate update, CancellationToken cancel)
    {
        foreach (var item in update.Sites.Where(site => site.State is BenchUpdateSiteState.Running))
            item.Settle(await db.Jobs.AsNoTracking().SingleOrDefaultAsync(job => job.Id == item.JobId, cancel));
        if (update.HasEnded || update.State is BenchUpdateState.Stopped)
            return;

        var target = await db.Benches.AsNoTracking().SingleOrDefaultAsync(bench => bench.Id == update.TargetBenchId, cancel);
        if (update.Sites.FirstOrDefault(site => site.State is BenchUpdateSiteState.Failed) is { } failed)
            update.Become(BenchUpdateState.Stopped, $"{await NameAsync(db, failed, cancel)}: {failed.Reason}", time.GetUtcNow());
        else if (target is not { State: BenchState.Active or BenchState.Installing })
            update.Become(BenchUpdateState.Stopped, $"The bench {target?.Name} cannot take sites: {target?.StateReason ?? "it is gone"}", time.GetUtcNow());
        else if (update.Sites.TrueForAll(site => site.State is BenchUpdateSiteState.Done or BenchUpdateSiteState.Skipped))
            update.Become(BenchUpdateState.Done, null, time.GetUtcNow());
    }

    /// <summary>The next site that can be begun; those that are gone are left out on the way. Null while the bench is being made, or a site is at other work.</summary>
    private static async Task<(BenchUpdateSite Item, Site Site)?> NextAsync(PortalDb db, BenchUpdate update, CancellationToken cancel)
    {
        if (!await db.Benches.AnyAsync(bench => bench.Id == update.TargetBenchId && bench.State == BenchState.Active, cancel))
            return null;
        foreach (var item in update.Sites.Where(site => site.State is BenchUpdateSiteState.Waiting))
        {
            var site = await db.Sites.SingleOrDefaultAsync(each => each.Id == item.SiteId, cancel);
            if (site is null || site.BenchId != update.BenchId)
                item.LeaveOut(site?.BenchId == update.TargetBenchId, "Moved by hand meanwhile.");
            else if (site.IsServing)
                return (item, site);
            else if (site.State is not SiteState.Working)
                item.LeaveOut(false, $"It is {site.State.ToString().ToLowerInvariant()}.");
        }

        return null;
    }

    private async Task<bool> BeginAsync(PortalDb db, BenchUpdate update, BenchUpdateSite item, Site site, CancellationToken cancel)
    {
        var names = await db.Benches.Where(bench => bench.Id == update.BenchId || bench.Id == update.TargetBenchId).ToDictionaryAsync(bench => bench.Id, bench => bench.Name, cancel);
        var request = new UpdateSiteRequest(names[update.TargetBenchId], update.SkipFailingPatches);
        var job = jobs.ForSite(UpdateJobTypes.UpdateSite, site, UpdateRoutes.ForUpdate(names[update.BenchId], site.Name), request, UpdateJson.Default.UpdateSiteRequest);
        var actor = new Actor(update.UserId, update.UserName, StaffRole.None, []);
        item.Begin(job.Id);
        update.ChangedAt = time.GetUtcNow();
        var activity = ActivityEntry.Of(time, actor, site.Place, "update-site", $"Began to update {site.Name} to {names[update.TargetBenchId]}, with all sites of {names[update.BenchId]}");
        var placed = await orders.PlaceAsync(db, job, activity, cancel);
        if (placed.IsDone || placed.Error.Code == "changed-meanwhile")
            return true;

        item.Fail(placed.Error.Message);
        await SaveAsync(db, update, cancel);
        return true;
    }

    private async Task SaveAsync(PortalDb db, BenchUpdate update, CancellationToken cancel)
    {
        if (!db.ChangeTracker.HasChanges())
            return;
        update.ChangedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancel);
    }

    private static async Task<string> NameAsync(PortalDb db, BenchUpdateSite item, CancellationToken cancel) =>
        (await db.Sites.Where(site => site.Id == item.SiteId).Select(site => site.Name).SingleOrDefaultAsync(cancel))?.Value ?? "A site";
}
