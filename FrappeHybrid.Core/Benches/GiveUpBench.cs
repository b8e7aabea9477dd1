using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Benches;

/// <summary>Puts a bench away that could not be made. Nothing of it is on the server (the failed job took it away), so that no job is needed; its name is free again.</summary>
public sealed class GiveUpBench(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid benchId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var bench = await db.Benches.SingleOrDefaultAsync(each => each.Id == benchId, cancel);
        if (bench is null)
            return Error.NotFound;
        if (actor.Refuse(Capability.ManageBenches, bench) is { } refused)
            return refused;
        if (bench.State is not BenchState.Broken)
            return NotBroken(bench);

        bench.Become(BenchState.Archived, "Given up.");
        db.Activity.Add(ActivityEntry.Of(time, actor, bench.Place, "give-up-bench", $"Gave up bench {bench.Name}"));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return NotBroken(bench);
        }

        return Result.Done;
    }

    private static Error NotBroken(Bench bench) => new("bench-not-broken", $"The bench {bench.Name} is not broken; only a broken one can be given up.", "Open the bench to see where it is.");
}
