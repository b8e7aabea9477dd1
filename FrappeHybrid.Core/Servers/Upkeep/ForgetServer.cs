using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Provisioning.Upkeep;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers.Upkeep;

/// <summary>Archives a server that cannot be reached any more, without touching it: what the portal put there stays there.</summary>
public sealed class ForgetServer(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    /// <param name="confirmedName">The server's name, typed by the person.</param>
    public async Task<Result> RunAsync(Actor actor, Guid serverId, string confirmedName, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await ServerAccess.FindAsync(db, actor, serverId, cancel);
        if (!found.IsDone)
            return found.Error;
        var server = found.Value;
        if (!string.Equals(confirmedName, server.Name, StringComparison.Ordinal))
            return new Error("name-differs", "This is not the server's name.", $"Type {server.Name}.");
        if (server.State is not (ServerState.Unreachable or ServerState.Broken))
            return new Error("server-reachable", $"The server {server.Name} is {server.State.ToString().ToLowerInvariant()}: only one that cannot be reached is forgotten.", "Take it out instead: that also removes the Agent from it.");
        if (await PlayOrders.WhyNotAsync(db, server, cancel) is { } busy)
            return busy;
        await ServerArchive.ArchiveAsync(db, server, "The server was forgotten: it could not be reached, and what the portal put onto it is still there.", time.GetUtcNow(), cancel);
        db.Activity.Add(ActivityEntry.Of(time, actor, server.Place, "forget-server", $"Forgot {server.Name}, which could not be reached"));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
