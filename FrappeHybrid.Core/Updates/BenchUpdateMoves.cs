using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Updates;

/// <summary>What pausing, resuming and cancelling the update of a bench have in common.</summary>
public sealed class BenchUpdateMoves(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Moves the state for a person.</summary>
    internal async Task<Result> RunAsync(Actor actor, Guid benchUpdateId, BenchUpdateState next, string act, string past, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var update = await db.BenchUpdates.Include(each => each.Sites).SingleOrDefaultAsync(each => each.Id == benchUpdateId, cancel);
        if (update is null)
            return Error.NotFound;
        if (actor.Refuse(Capability.ManageSites, update) is { } refused)
            return refused;
        if (!update.CanBecome(next))
            return Elsewhere(update);

        update.Become(next, next is BenchUpdateState.Running ? null : $"{past} by {actor.Name}.", time.GetUtcNow());
        if (next is BenchUpdateState.Running)
            update.Sites.ForEach(site => site.WaitAgain());
        var bench = await db.Benches.Where(each => each.Id == update.BenchId).Select(each => each.Name).SingleAsync(cancel);
        db.Activity.Add(ActivityEntry.Of(time, actor, update.Place, act, $"{past} the update of all sites of {bench}"));
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Elsewhere(update);
        }

        return Result.Done;
    }

    private static Error Elsewhere(BenchUpdate update) =>
        new("bench-update-moved-on", $"The update is {update.State.ToString().ToLowerInvariant()}: that is not possible now.", "Look at it again, then decide.");
}
