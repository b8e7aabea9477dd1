using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Restores;

/// <summary>Deletes for ever what has been in the trash for seven days. It asks the database each time, so that a restart of the portal forgets nothing.</summary>
public sealed class TrashKeeper(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time, ILogger<TrashKeeper> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    /// <summary>A server that is away gets its next job after this.</summary>
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromHours(6);

    /// <summary>Now and then, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (true)
        {
            await RunOnceAsync(cancel);
            await Task.Delay(Interval, time, cancel);
        }
    }

    /// <summary>Once; returns how many jobs were ordered.</summary>
    public async Task<int> RunOnceAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        var lately = now - TryAgainAfter;
        var due = await db.Sites.AsNoTracking()
            .Where(site => site.State == SiteState.Trashed && site.Trash!.Until <= now && !db.Jobs.Any(job => job.SiteId == site.Id && job.CreatedAt > lately))
            .Select(site => site.Id)
            .ToListAsync(cancel);
        var ordered = 0;
        foreach (var id in due)
        {
            await using var one = await databases.CreateDbContextAsync(cancel);
            var site = await one.Sites.SingleAsync(each => each.Id == id, cancel);
            if (site is not { State: SiteState.Trashed, Trash: { } trash })
                continue;
            var placed = await orders.PlaceAsync(
                one, PurgeSite.JobOf(jobs, site, trash), ActivityEntry.Of(time, Actor.OfPortal, site.Place, "purge-site", $"Deleted site {trash.Name} for ever, seven days after it was dropped"), cancel);
            if (placed.IsDone)
                ordered++;
            else
                logger.LogInformation("Site {Site} is not deleted from the trash yet: {Reason}", trash.Name, placed.Error.Message);
        }

        return ordered;
    }
}
