using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Provisioning.Upkeep;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers.Upkeep;

/// <summary>Removes everything of the portal's from a server and archives it here; the sites' data stays on it.</summary>
public sealed class TakeServerOut(IDbContextFactory<PortalDb> databases, PlayKinds kinds, PlayOrders orders, TimeProvider time)
{
    /// <summary>The new play's id.</summary>
    /// <param name="confirmedName">The server's name, typed by the person.</param>
    /// <param name="stopBenches">Stops the containers of benches; otherwise they go on.</param>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid serverId, string confirmedName, bool stopBenches, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await ServerAccess.FindAsync(db, actor, serverId, cancel);
        if (!found.IsDone)
            return found.Error;
        var server = found.Value;
        if (!string.Equals(confirmedName, server.Name, StringComparison.Ordinal))
            return new Error("name-differs", "This is not the server's name.", $"Type {server.Name}.");
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { [TakeOutKind.BenchesFact] = stopBenches ? "stop" : "keep" };
        return await orders.PlaceAsync(
            db,
            kinds.Of(TakeOutKind.Name),
            server,
            ActivityEntry.Of(time, actor, server.Place, "take-server-out", $"Took {server.Name} out; its benches' containers {(stopBenches ? "are stopped" : "go on")}"),
            facts,
            cancel);
    }
}
