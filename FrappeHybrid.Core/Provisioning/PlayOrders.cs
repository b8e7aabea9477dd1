using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>Orders a play in one save: its row, the server's state, and the activity. The act before it has loaded the server and asked for the permission.</summary>
public sealed class PlayOrders(PlayQueue queue, TimeProvider time)
{
    /// <summary>The play's id, or why it cannot be ordered now.</summary>
    internal async Task<Result<Guid>> PlaceAsync(PortalDb db, PlayKind kind, Server server, ActivityEntry activity, IReadOnlyDictionary<string, string>? facts, CancellationToken cancel)
    {
        if (await WhyNotAsync(db, server, cancel) is { } error)
            return error;
        if (!server.CanBecome(kind.WorkState))
            return new Error("server-not-active", $"The server {server.Name} is {server.State.ToString().ToLowerInvariant()}.", "Set it up first.");
        var play = kind.NewPlay(NewId.At(time), server, time.GetUtcNow(), facts: facts);
        db.Plays.Add(play);
        server.Become(kind.WorkState, kind.Title);
        db.Activity.Add(activity);
        await db.SaveChangesAsync(cancel);
        queue.Wake();
        return play.Id;
    }

    /// <summary>One play at a time.</summary>
    internal static async Task<Error?> WhyNotAsync(PortalDb db, Server server, CancellationToken cancel)
    {
        if (server.State is ServerState.Archived)
            return new Error("server-archived", "The server was taken out.", "Add it anew.");
        if (server.State is ServerState.Installing or ServerState.Maintenance
            || await db.Plays.AnyAsync(play => play.ServerId == server.Id && (play.State == RunState.Pending || play.State == RunState.Running), cancel))
            return new Error("server-busy", $"Another play of {server.Name} waits or runs.", "Watch it, and try again when it has ended.");
        return null;
    }
}
