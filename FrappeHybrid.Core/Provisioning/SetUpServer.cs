using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>Begins the play "Set up server". On a server that is set up already it changes nothing, or mends what is missing.</summary>
public sealed class SetUpServer(IDbContextFactory<PortalDb> databases, PlayKinds kinds, PlayQueue queue, TimeProvider time)
{
    /// <summary>The new play's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await ServerAccess.FindAsync(db, actor, serverId, cancel);
        if (!found.IsDone)
            return found.Error;
        var server = found.Value;
        if (await WhyNotAsync(db, server, cancel) is { } error)
            return error;

        var play = kinds.Of(SetUpKind.Name).NewPlay(NewId.At(time), server, time.GetUtcNow());
        db.Plays.Add(play);
        server.Become(ServerState.Installing, null);
        db.Activity.Add(ActivityEntry.Of(time, actor, server.Place, "set-up-server", $"Began to set up {server.Name}"));
        await db.SaveChangesAsync(cancel);
        queue.Wake();
        return play.Id;
    }

    private static async Task<Error?> WhyNotAsync(PortalDb db, Server server, CancellationToken cancel)
    {
        if (server.State is ServerState.Installing or ServerState.Maintenance || await db.Plays.AnyAsync(play => play.ServerId == server.Id && (play.State == RunState.Pending || play.State == RunState.Running), cancel))
            return new Error("server-busy", "Another play of the server waits or runs already.", "Watch the running play.");
        if (server.State is ServerState.Archived)
            return new Error("server-archived", "The server was taken out.", "Add it anew.");
        if (server.HostKey is null || !server.KeyAccepted)
            return new Error("connection-unproved", "The portal has not yet signed in to this server.", "Confirm the host key and check the connection first.");

        // Later set-ups find our own nginx and Docker there; each task checks what it needs.
        if (server.State is not ServerState.Draft)
            return null;
        var report = await db.PreflightReports.AsNoTracking().SingleOrDefaultAsync(each => each.Id == server.Id, cancel);
        return report is { MaySetUp: true } ? null : new Error("preflight-not-passed", "The pre-flight has not passed.", "Run it, and mend every row that fails.");
    }
}
