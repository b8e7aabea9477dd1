using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Updates;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Updates;

/// <summary>What pages ask about the updates of benches.</summary>
public sealed class BenchUpdateQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The bench's last update; null when there was none, or the bench is not the actor's to see.</summary>
    public async Task<BenchUpdateView?> LastAsync(Actor actor, Guid benchId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var update = await db.BenchUpdates.AsNoTracking().Include(each => each.Sites.OrderBy(site => site.Number)).VisibleTo(actor)
            .Where(each => each.BenchId == benchId).OrderByDescending(each => each.CreatedAt).FirstOrDefaultAsync(cancel);
        if (update is null)
            return null;

        var siteIds = update.Sites.Select(site => site.SiteId).ToList();
        var jobIds = update.Sites.Select(site => site.JobId).OfType<Guid>().ToList();
        var names = await db.Sites.Where(site => siteIds.Contains(site.Id)).ToDictionaryAsync(site => site.Id, site => site.Name.Value, cancel);
        var jobs = await db.Jobs.AsNoTracking().Include(job => job.Steps).Where(job => jobIds.Contains(job.Id)).ToDictionaryAsync(job => job.Id, cancel);
        var target = await db.Benches.AsNoTracking().SingleAsync(bench => bench.Id == update.TargetBenchId, cancel);
        var release = await db.Releases.Where(each => each.Id == target.ReleaseId).Select(each => each.Name).SingleAsync(cancel);
        return new BenchUpdateView(
            update.Id,
            update.TeamId,
            update.BenchId,
            update.TargetBenchId,
            target.Name.Value,
            release,
            target.State is BenchState.Active,
            update.State,
            update.StateReason,
            update.UserName,
            update.CreatedAt,
            update.ChangedAt,
            [.. update.Sites.Select(site => View(site, names, site.JobId is { } id ? jobs.GetValueOrDefault(id) : null))]);
    }

    private static BenchUpdateSiteView View(BenchUpdateSite site, Dictionary<Guid, string> names, Job? job) => new(
        site.SiteId,
        names.GetValueOrDefault(site.SiteId, "A site that is gone"),
        site.State,
        site.Reason,
        site.JobId,
        job is { HasEnded: false } ? job.Steps.OrderBy(step => step.Number).LastOrDefault(step => step.State is not StepState.Pending)?.Title ?? "Waits for the server" : null,
        job?.ResultAs(UpdateJson.Default.UpdateSiteResult)?.DowntimeSeconds);
}
