using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Benches;

/// <summary>Creates a bench from a release on a server: writes the bench and its job; the Agent does the work.</summary>
public sealed class CreateBench(IDbContextFactory<PortalDb> databases, JobFactory jobs, DispatchSignal dispatch, RegistrySignIns signIns, BenchOptions options, TimeProvider time)
{
    /// <summary>The bench's id; its page shows the job.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid serverId, string name, Guid releaseId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var added = await AddAsync(db, actor, serverId, name, releaseId, cancel);
        if (!added.IsDone)
            return added.Error;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return NameTaken(added.Value.Name);
        }

        dispatch.Raise();
        return added.Value.Id;
    }

    /// <summary>The bench with its job and activity, to be saved by the caller, who then rings the dispatcher; a unique violation of the save is <see cref="NameTaken"/>.</summary>
    internal async Task<Result<Bench>> AddAsync(PortalDb db, Actor actor, Guid serverId, string name, Guid releaseId, CancellationToken cancel)
    {
        var server = await db.Servers.SingleOrDefaultAsync(each => each.Id == serverId, cancel);
        if (server is null)
            return Error.NotFound;
        if (actor.Refuse(Capability.ManageBenches, server) is { } refused)
            return refused;
        if (!BenchName.TryParse(name, out var benchName))
            return new Error("bench-name-invalid", BenchName.Rule, "Choose a name such as main or erp-2.");
        if (server.State is not ServerState.Active)
            return new Error("server-not-active", $"The server {server.Name} cannot take a bench now: it is {server.State.ToString().ToLowerInvariant()}.", "Wait until it is active, or set it up first.");
        var release = await db.Releases.SingleOrDefaultAsync(each => each.Id == releaseId, cancel);
        if (release is not { IsEnabled: true })
            return new Error("release-not-offered", "That release is not offered.", "Choose one from the list.");
        if (await db.Benches.AnyAsync(each => each.ServerId == serverId && each.Name == benchName && each.State != BenchState.Archived, cancel))
            return NameTaken(benchName);

        var bench = new Bench { Id = NewId.At(time), TeamId = server.TeamId, ServerId = server.Id, ReleaseId = release.Id, Name = benchName, CreatedAt = time.GetUtcNow() };
        db.Benches.Add(bench);
        var request = new NewBenchRequest(benchName, release.Image, options.Redis, SignIns: await signIns.ForAsync(db, [release.Image, options.Redis], cancel));
        db.Jobs.Add(jobs.NewBench(bench, request));
        db.Activity.Add(ActivityEntry.Of(time, actor, bench.Place, "create-bench", $"Created bench {benchName} with {release.Name} on {server.Name}"));
        return bench;
    }

    internal static Error NameTaken(BenchName name) => new("bench-name-taken", $"There is already a bench named {name} on this server.", "Choose another name.");
}
