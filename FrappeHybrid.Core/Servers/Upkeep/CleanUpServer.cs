using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers.Upkeep;

/// <summary>Takes away what a person has seen in the plan of <see cref="ServerUpkeep"/>, and nothing else.</summary>
public sealed class CleanUpServer(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>The new job's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid serverId, string digest, int? archivedDays, int jobDays, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await ServerAccess.FindAsync(db, actor, serverId, cancel);
        if (!found.IsDone)
            return found.Error;
        var server = found.Value;
        if (server.State is not ServerState.Active)
            return new Error("server-not-active", $"The server {server.Name} is {server.State.ToString().ToLowerInvariant()}.", "Wait until it is active.");
        var job = jobs.ForServer(ServerJobTypes.CleanUp, server, UpkeepRoutes.CleanUp, new CleanUpRequest(digest, archivedDays, jobDays), UpkeepJson.Default.CleanUpRequest);
        return await orders.PlaceAsync(db, job, ActivityEntry.Of(time, actor, server.Place, "clean-up-server", $"Cleaned up {server.Name}"), cancel);
    }
}
