using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Updates;

namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>The acts of Core that commands run. Each asks by itself whether the actor may; a menu that offers too little or too much changes nothing of that.</summary>
public sealed class CommandActs(
    BackupSite backupSite, ClearSiteCache clearSiteCache, UpdateSite updateSite, RestartBench restartBench, UpdateBenchSites updateBenchSites, UpdateQueries updates, CancelJob cancelJob, RetryJob retryJob)
{
    internal Task<Result<Guid>> BackUpAsync(Actor actor, Thing site, bool withFiles, CancellationToken cancel) => backupSite.RunAsync(actor, site.Id, withFiles, cancel);

    internal Task<Result<Guid>> ClearCacheAsync(Actor actor, Thing site, CancellationToken cancel) => clearSiteCache.RunAsync(actor, site.Id, cancel);

    internal Task<Result<Guid>> RestartAsync(Actor actor, Thing bench, CancellationToken cancel) => restartBench.RunAsync(actor, bench.Id, null, cancel);

    /// <summary>To the newest bench of its server that takes it.</summary>
    internal async Task<Result<Guid>> UpdateSiteAsync(Actor actor, Thing site, CancellationToken cancel)
    {
        var target = Newest(site, await updates.ForSiteAsync(actor, site.Id, cancel));
        return target.IsDone ? await updateSite.RunAsync(actor, site.Id, target.Value.BenchId, skipFailingPatches: false, cancel) : target.Error;
    }

    /// <summary>All sites of it, to the newest bench of its server that takes them.</summary>
    internal async Task<Result<Guid>> UpdateBenchAsync(Actor actor, Thing bench, CancellationToken cancel)
    {
        var target = Newest(bench, await updates.ForBenchAsync(actor, bench.Id, cancel));
        return target.IsDone ? await updateBenchSites.RunAsync(actor, bench.Id, target.Value.BenchId, skipFailingPatches: false, cancel) : target.Error;
    }

    internal async Task<Result<Guid>> CancelAsync(Actor actor, Thing job, CancellationToken cancel)
    {
        var cancelled = await cancelJob.RunAsync(actor, job.Id, cancel);
        return cancelled.IsDone ? job.Id : cancelled.Error;
    }

    internal Task<Result<Guid>> RetryAsync(Actor actor, Thing job, CancellationToken cancel) => retryJob.RunAsync(actor, job.Id, cancel);

    private static Result<UpdateTarget> Newest(Thing thing, UpdateOffer? offer)
    {
        if (offer is null)
            return Error.NotFound;
        if (offer.Targets.FirstOrDefault(target => target.Refusal is null) is { } target)
            return target;
        return offer.Targets is [{ Refusal: { } why }, ..]
            ? why
            : new Error("no-newer-bench", $"There is no bench with a newer release than {thing.Name} has on its server.", "Make one from a newer release first.");
    }
}
