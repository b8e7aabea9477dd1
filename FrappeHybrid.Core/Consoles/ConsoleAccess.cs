using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Consoles;

/// <summary>Who may watch what: a bench's sources need the right on the bench, the server's own on the whole server.</summary>
public sealed class ConsoleAccess(IDbContextFactory<PortalDb> databases)
{
    /// <summary>Why the actor may not watch it, or not any more; null when it may.</summary>
    public async Task<Error?> RefuseAsync(Actor actor, Guid serverId, ConsoleSource source, CancellationToken cancel) => (await FindAsync(actor, serverId, source, cancel)).Error;

    /// <summary>The server whose Agent is to be asked.</summary>
    internal async Task<Result<Server>> FindAsync(Actor actor, Guid serverId, ConsoleSource source, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var server = await db.Servers.AsNoTracking().SingleOrDefaultAsync(each => each.Id == serverId, cancel);
        if (server is null)
            return Error.NotFound;
        if (source.Bench is not { } name)
        {
            if (actor.Refuse(Capability.WatchConsoles, server) is { } refused)
                return refused;
            return server.AgentFingerprint is null || server.State is ServerState.Archived
                ? new Error("server-not-active", $"The server {server.Name} has no Agent: it is not set up.", "Set it up first.")
                : server;
        }

        var bench = await db.Benches.AsNoTracking().SingleOrDefaultAsync(each => each.ServerId == serverId && each.Name == name && each.State != BenchState.Archived, cancel);
        if (bench is null)
            return Error.NotFound;
        if (actor.Refuse(Capability.WatchConsoles, bench) is { } forbidden)
            return forbidden;
        return bench.State is BenchState.Active ? server : new Error("bench-not-active", $"The bench {bench.Name} does not run: it is {bench.State.ToString().ToLowerInvariant()}.");
    }
}
