using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Provisioning.Upkeep;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers.Upkeep;

/// <summary>Brings the portal's Agent onto a server; the old one comes back by itself when the new one is not well.</summary>
public sealed class UpgradeAgent(IDbContextFactory<PortalDb> databases, PlayKinds kinds, PlayOrders orders, TimeProvider time)
{
    /// <summary>The new play's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await ServerAccess.FindAsync(db, actor, serverId, cancel);
        if (!found.IsDone)
            return found.Error;
        var server = found.Value;
        if (kinds.Program.Missing() is { } missing)
            return missing;
        return await orders.PlaceAsync(db, kinds.Of(UpgradeAgentKind.Name), server, ActivityEntry.Of(time, actor, server.Place, "upgrade-agent", $"Upgraded the Agent of {server.Name}"), facts: null, cancel);
    }
}
