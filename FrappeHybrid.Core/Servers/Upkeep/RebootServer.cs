using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Provisioning.Upkeep;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers.Upkeep;

/// <summary>Reboots a server: waits for running jobs, and until everything is as before.</summary>
public sealed class RebootServer(IDbContextFactory<PortalDb> databases, PlayKinds kinds, PlayOrders orders, TimeProvider time)
{
    /// <summary>The new play's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await ServerAccess.FindAsync(db, actor, serverId, cancel);
        if (!found.IsDone)
            return found.Error;
        var server = found.Value;
        return await orders.PlaceAsync(db, kinds.Of(RebootKind.Name), server, ActivityEntry.Of(time, actor, server.Place, "reboot-server", $"Rebooted {server.Name}"), facts: null, cancel);
    }
}
