using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers;

/// <summary>Where every act on a server begins: is it there, and may the actor change it?</summary>
internal static class ServerAccess
{
    /// <summary>The tracked server, or why not.</summary>
    public static async Task<Result<Server>> FindAsync(PortalDb db, Actor actor, Guid serverId, CancellationToken cancel)
    {
        var server = await db.Servers.VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == serverId, cancel);
        if (server is null)
            return Error.NotFound;
        return actor.Refuse(Capability.ManageServers, server) is { } refused ? refused : server;
    }
}
