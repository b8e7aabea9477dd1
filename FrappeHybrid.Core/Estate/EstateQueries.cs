using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Estate;

/// <summary>Everything at once, and no more of each than its name and state: three questions, however many there are.</summary>
public sealed class EstateQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>What the actor sees, without what is archived or in the trash.</summary>
    /// <param name="teamId">Only of that team; null for all.</param>
    public async Task<EstateView> ReadAsync(Actor actor, Guid? teamId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var servers = await db.Servers.AsNoTracking().VisibleTo(actor)
            .Where(server => server.State != ServerState.Archived && (teamId == null || server.TeamId == teamId))
            .OrderBy(server => server.Name)
            .Select(server => new EstateServer(server.Id, server.TeamId, server.Name, server.Address, server.State, server.StateReason))
            .ToListAsync(cancel);
        var benches = await db.Benches.AsNoTracking().VisibleTo(actor)
            .Where(bench => bench.State != BenchState.Archived && (teamId == null || bench.TeamId == teamId))
            .OrderBy(bench => bench.Name)
            .Select(bench => new { bench.Id, bench.TeamId, bench.ServerId, bench.Name, bench.State, bench.StateReason })
            .ToListAsync(cancel);
        var sites = await db.Sites.AsNoTracking().VisibleTo(actor)
            .Where(site => site.State != SiteState.Archived && site.State != SiteState.Trashed && (teamId == null || site.TeamId == teamId))
            .OrderBy(site => site.Name)
            .Select(site => new { site.Id, site.TeamId, site.ServerId, site.BenchId, site.Name, site.State, site.StateReason })
            .ToListAsync(cancel);
        return new EstateView(
            servers,
            [.. benches.Select(bench => new EstateBench(bench.Id, bench.TeamId, bench.ServerId, bench.Name.Value, bench.State, bench.StateReason))],
            [.. sites.Select(site => new EstateSite(site.Id, site.TeamId, site.ServerId, site.BenchId, site.Name.Value, site.State, site.StateReason))]);
    }

    /// <summary>How many there are, and how they are.</summary>
    /// <param name="teamId">Only of that team; null for all.</param>
    /// <param name="failedSince">Since when a job that failed counts.</param>
    public async Task<EstateCounts> CountAsync(Actor actor, Guid? teamId, DateTimeOffset failedSince, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var servers = (await db.Servers.AsNoTracking().VisibleTo(actor)
            .Where(server => server.State != ServerState.Archived && server.State != ServerState.Draft && server.State != ServerState.Installing && (teamId == null || server.TeamId == teamId))
            .GroupBy(server => server.State)
            .Select(group => new { group.Key, Count = group.Count() })
            .ToListAsync(cancel)).ToDictionary(group => group.Key, group => group.Count);
        var jobs = db.Jobs.AsNoTracking().VisibleTo(actor).Where(job => teamId == null || job.TeamId == teamId);
        var running = await jobs.CountAsync(job => job.State == RunState.Undelivered || job.State == RunState.Pending || job.State == RunState.Running, cancel)
            + await db.Plays.AsNoTracking().VisibleTo(actor).CountAsync(play => (play.State == RunState.Pending || play.State == RunState.Running) && (teamId == null || play.TeamId == teamId), cancel);
        var failed = await jobs.CountAsync(job => (job.State == RunState.Failure || job.State == RunState.DeliveryFailure) && job.CreatedAt >= failedSince, cancel)
            + await db.Plays.AsNoTracking().VisibleTo(actor).CountAsync(
                play => play.State == RunState.Failure && play.CreatedAt >= failedSince && (teamId == null || play.TeamId == teamId) && !db.Plays.Any(other => other.ServerId == play.ServerId && other.CreatedAt > play.CreatedAt),
                cancel);
        return new EstateCounts(
            servers.Values.Sum(),
            servers.GetValueOrDefault(ServerState.Active) + servers.GetValueOrDefault(ServerState.Maintenance),
            servers.GetValueOrDefault(ServerState.Unreachable),
            running,
            failed,
            servers.GetValueOrDefault(ServerState.Unreachable) + servers.GetValueOrDefault(ServerState.Broken)
                + await db.Benches.AsNoTracking().VisibleTo(actor).CountAsync(bench => bench.State == BenchState.Broken && (teamId == null || bench.TeamId == teamId), cancel)
                + await db.Sites.AsNoTracking().VisibleTo(actor).CountAsync(
                    site => (site.State == SiteState.Broken || site.State == SiteState.Fatal || site.State == SiteState.Recovered) && (teamId == null || site.TeamId == teamId),
                    cancel));
    }
}
