using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers;

/// <summary>Throws a draft away with its key pair. Only a draft: nothing was ever changed on that machine, so nothing stays behind there but a line in authorized_keys.</summary>
public sealed class RemoveServerDraft(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await ServerAccess.FindAsync(db, actor, serverId, cancel);
        if (!found.IsDone)
            return found.Error;
        var server = found.Value;
        if (server.State is not ServerState.Draft)
            return new Error("not-a-draft", "Only a server that was never set up can be thrown away.", "Archive the server instead.");
        db.Servers.Remove(server);
        db.Activity.Add(ActivityEntry.Of(time, actor, server.Place, "remove-server-draft", $"Threw away the draft of the server {server.Name}"));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
