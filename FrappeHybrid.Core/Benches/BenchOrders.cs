using System.Text.Json.Serialization.Metadata;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Benches;

/// <summary>What all acts on a bench have in common: is it there, is it the actor's to change, does it run; then one job about it.</summary>
public sealed class BenchOrders(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>Orders a job about a bench that is active.</summary>
    /// <param name="action">For the activity: a verb and a noun, e.g. "restart-bench".</param>
    /// <param name="what">For the activity: a sentence without the bench's name at its end, e.g. "Restarted bench".</param>
    /// <param name="invalid">What is wrong with the request; told only to somebody who may order it. Null when nothing is.</param>
    public async Task<Result<Guid>> OrderAsync<T>(
        Actor actor, Guid benchId, JobType type, Func<BenchName, string> path, T request, JsonTypeInfo<T> json, string action, string what, Error? invalid, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await FindAsync(db, actor, benchId, cancel);
        if (!found.IsDone)
            return found.Error;
        if (invalid is not null)
            return invalid;
        var bench = found.Value;
        if (bench.State is not BenchState.Active)
            return NotActive(bench);
        var job = jobs.ForBench(type, bench, path(bench.Name), request, json);
        return await orders.PlaceAsync(db, job, ActivityEntry.Of(time, actor, bench.Place, action, $"{what} {bench.Name}"), cancel);
    }

    /// <summary>The bench, tracked; "not-found" or "forbidden" otherwise.</summary>
    public static async Task<Result<Bench>> FindAsync(PortalDb db, Actor actor, Guid benchId, CancellationToken cancel)
    {
        var bench = await db.Benches.SingleOrDefaultAsync(each => each.Id == benchId, cancel);
        if (bench is null)
            return Error.NotFound;
        return actor.Refuse(Capability.ManageBenches, bench) is { } refused ? refused : bench;
    }

    /// <summary>What a user is told who wants to work on a bench that does not run.</summary>
    public static Error NotActive(Bench bench) =>
        new("bench-not-active", $"The bench {bench.Name} is {bench.State.ToString().ToLowerInvariant()}; this needs an active bench.", "Open the bench to see where it is.");
}
