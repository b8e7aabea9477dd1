using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>What pages ask about plays.</summary>
public sealed class PlayQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>One play; null when there is none or it is not the actor's to see.</summary>
    public async Task<RunView?> FindAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var play = await db.Plays.AsNoTracking().Include(each => each.Tasks).VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == id, cancel);
        return play is null ? null : play.ToView(await ServerNameAsync(db, play, cancel));
    }

    /// <summary>The newest play of a server; null when there was none.</summary>
    public async Task<RunView?> LastOfServerAsync(Actor actor, Guid serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var play = await db.Plays.AsNoTracking().Include(each => each.Tasks).VisibleTo(actor)
            .Where(each => each.ServerId == serverId)
            .OrderByDescending(each => each.CreatedAt)
            .FirstOrDefaultAsync(cancel);
        return play is null ? null : play.ToView(await ServerNameAsync(db, play, cancel));
    }

    /// <summary>The newest play of each server, the newest first: one question, however many servers there are.</summary>
    public async Task<IReadOnlyList<RunView>> LastOfEachServerAsync(Actor actor, int limit, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var plays = await db.Plays.AsNoTracking().Include(play => play.Tasks).VisibleTo(actor)
            .Where(play => !db.Plays.Any(other => other.ServerId == play.ServerId && other.CreatedAt > play.CreatedAt)
                && db.Servers.Any(server => server.Id == play.ServerId && server.State != ServerState.Draft && server.State != ServerState.Archived))
            .OrderByDescending(play => play.CreatedAt)
            .Take(limit)
            .ToListAsync(cancel);
        var ids = plays.Select(play => play.ServerId).ToList();
        var names = await db.Servers.Where(server => ids.Contains(server.Id)).ToDictionaryAsync(server => server.Id, server => server.Name, cancel);
        return [.. plays.Select(play => play.ToView(names[play.ServerId]))];
    }

    private static Task<string> ServerNameAsync(PortalDb db, Play play, CancellationToken cancel) =>
        db.Servers.Where(server => server.Id == play.ServerId).Select(server => server.Name).SingleAsync(cancel);
}
