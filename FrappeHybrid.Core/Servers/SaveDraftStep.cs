using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers;

/// <summary>Remembers how far the owner has come in the wizard, so that a reload or another day goes on there. Not an activity: nothing was done to anything.</summary>
public sealed class SaveDraftStep(IDbContextFactory<PortalDb> databases)
{
    /// <summary>How many steps a wizard could ever have.</summary>
    private const int Most = 20;

    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid serverId, int step, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await ServerAccess.FindAsync(db, actor, serverId, cancel);
        if (!found.IsDone)
            return found.Error;
        if (found.Value.State is not ServerState.Draft)
            return new Error("not-a-draft", "The server has left the wizard.", "Open the server's own page.");
        found.Value.DraftStep = Math.Clamp(step, 0, Most);
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
