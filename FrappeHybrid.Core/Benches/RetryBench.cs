using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Benches;

/// <summary>Tries "New Bench" again after it failed: a new job for the same bench.</summary>
public sealed class RetryBench(IDbContextFactory<PortalDb> databases, JobFactory jobs, DispatchSignal dispatch, RegistrySignIns signIns, BenchOptions options, TimeProvider time)
{
    /// <summary>The new job's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid benchId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var bench = await db.Benches.SingleOrDefaultAsync(each => each.Id == benchId, cancel);
        if (bench is null)
            return Error.NotFound;
        if (actor.Refuse(Capability.ManageBenches, bench) is { } refused)
            return refused;
        if (!bench.CanBecome(BenchState.Installing))
            return NotBroken(bench);

        var release = await db.Releases.SingleAsync(each => each.Id == bench.ReleaseId, cancel);
        bench.Become(BenchState.Installing, null);
        var request = new NewBenchRequest(bench.Name, release.Image, options.Redis, SignIns: await signIns.ForAsync(db, [release.Image, options.Redis], cancel));
        var job = jobs.NewBench(bench, request);
        db.Jobs.Add(job);
        db.Activity.Add(ActivityEntry.Of(time, actor, bench.Place, "retry-bench", $"Tried bench {bench.Name} again"));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NotBroken(bench); // somebody else was first
        }

        dispatch.Raise();
        return job.Id;
    }

    private static Error NotBroken(Bench bench) => new("bench-not-broken", $"The bench {bench.Name} is not broken: there is nothing to try again.", "Open the bench to see where it is.");
}
