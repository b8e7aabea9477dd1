using System.Text.Json;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Servers;

/// <summary>What pages ask about servers.</summary>
public sealed class ServerQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The actor's servers by name, drafts included, archived ones not.</summary>
    public async Task<IReadOnlyList<ServerView>> ListAsync(Actor actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var servers = await db.Servers.AsNoTracking().VisibleTo(actor).Where(server => server.State != ServerState.Archived).OrderBy(server => server.Name).ToListAsync(cancel);

        // Counted once for all: asked for each server, thousands of sites are looked through as often as there are servers.
        var teams = await db.Teams.ToDictionaryAsync(team => team.Id, team => team.Name, cancel);
        var benches = await db.Benches.Where(bench => bench.State != BenchState.Archived)
            .GroupBy(bench => bench.ServerId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
        var sites = await db.Sites.Where(site => site.State != SiteState.Archived && site.State != SiteState.Trashed)
            .GroupBy(site => site.ServerId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancel);
        return [.. servers.Select(server => new Row(server, teams[server.TeamId], benches.GetValueOrDefault(server.Id), sites.GetValueOrDefault(server.Id)).ToView())];
    }

    /// <summary>One server; null when there is none or it is not the actor's to see.</summary>
    public async Task<ServerView?> FindAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await Views(db, db.Servers.VisibleTo(actor).Where(server => server.Id == id)).SingleOrDefaultAsync(cancel);
        return row?.ToView();
    }

    /// <summary>The last pre-flight; null when there was none or the server is not the actor's to see.</summary>
    public async Task<PreflightReport?> PreflightAsync(Actor actor, Guid serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.PreflightReports.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(report => report.Id == serverId, cancel);
    }

    private static IQueryable<Row> Views(PortalDb db, IQueryable<Server> servers) => servers.AsNoTracking().Select(server => new Row(
        server,
        db.Teams.Where(team => team.Id == server.TeamId).Select(team => team.Name).Single(),
        db.Benches.Count(bench => bench.ServerId == server.Id && bench.State != BenchState.Archived),
        db.Sites.Count(site => site.ServerId == server.Id && site.State != SiteState.Archived && site.State != SiteState.Trashed)));

    private sealed record Row(Server Server, string TeamName, int Benches, int Sites)
    {
        public ServerView ToView() => new(
            Server.Id,
            Server.TeamId,
            TeamName,
            Server.Name,
            Server.Address,
            Server.SshPort,
            Server.SshUser,
            Server.Domain,
            Server.State,
            Server.StateReason,
            Server.CreatedAt,
            Server.DraftStep,
            Server.SshPublicKey,
            Server.HostKeyFingerprint,
            Server.KeyAccepted,
            Server.AgentVersion,
            Server.AgentProgram,
            Server.FactsJson is null ? null : JsonSerializer.Deserialize(Server.FactsJson, AgentJson.Default.ServerInfo),
            Server.LastSeenAt,
            Benches,
            Sites);
    }
}
