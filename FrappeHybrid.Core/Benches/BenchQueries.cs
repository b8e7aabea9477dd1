using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Benches;

/// <summary>What pages ask about benches.</summary>
public sealed class BenchQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The actor's benches by name, archived ones not; of one server when it is given.</summary>
    public async Task<IReadOnlyList<BenchView>> ListAsync(Actor actor, Guid? serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var benches = db.Benches.VisibleTo(actor).Where(bench => bench.State != BenchState.Archived);
        if (serverId is not null)
            benches = benches.Where(bench => bench.ServerId == serverId);
        var rows = await Rows(db, benches.OrderBy(bench => bench.Name)).ToListAsync(cancel);
        return [.. rows.Select(row => row.ToView())];
    }

    /// <summary>One bench; null when there is none or it is not the actor's to see.</summary>
    public async Task<BenchView?> FindAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await Rows(db, db.Benches.VisibleTo(actor).Where(bench => bench.Id == id)).SingleOrDefaultAsync(cancel);
        return row?.ToView();
    }

    private static IQueryable<Row> Rows(PortalDb db, IQueryable<Bench> benches) => benches.AsNoTracking().Select(bench => new Row(
        bench,
        db.Teams.Where(team => team.Id == bench.TeamId).Select(team => team.Name).Single(),
        db.Servers.Where(server => server.Id == bench.ServerId).Select(server => server.Name).Single(),
        db.Releases.Single(release => release.Id == bench.ReleaseId),
        db.Sites.Count(site => site.BenchId == bench.Id && site.State != SiteState.Archived && site.State != SiteState.Trashed),
        db.Jobs.Where(job => job.BenchId == bench.Id && job.SiteId == null).OrderByDescending(job => job.CreatedAt).Select(job => (Guid?)job.Id).FirstOrDefault()));

    private sealed record Row(Bench Bench, string TeamName, string ServerName, Release Release, int Sites, Guid? LastJobId)
    {
        public BenchView ToView() => new(
            Bench.Id,
            Bench.TeamId,
            TeamName,
            Bench.ServerId,
            ServerName,
            Bench.Name.Value,
            Bench.State,
            Bench.StateReason,
            Release.Name,
            Release.Version,
            Release.Image.Value,
            Release.Apps,
            Bench.FrontendPort,
            Bench.CreatedAt,
            Sites,
            LastJobId);
    }
}
