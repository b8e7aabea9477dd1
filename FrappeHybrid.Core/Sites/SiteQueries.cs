using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>What pages ask about sites.</summary>
public sealed class SiteQueries(IDbContextFactory<PortalDb> databases, CoreOptions options)
{
    /// <summary>All of the actor's sites by name, without those that are archived or in the trash, as a list shows them: five questions, however many there are.</summary>
    /// <param name="teamId">Only of that team; null for all.</param>
    public async Task<IReadOnlyList<SiteRow>> RowsAsync(Actor actor, Guid? teamId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var sites = await db.Sites.AsNoTracking().VisibleTo(actor)
            .Where(site => site.State != SiteState.Archived && site.State != SiteState.Trashed && (teamId == null || site.TeamId == teamId))
            .OrderBy(site => site.Name)
            .Select(site => new
            {
                site.Id,
                site.TeamId,
                site.ServerId,
                site.BenchId,
                site.Name,
                site.PrimaryDomain,
                site.State,
                site.StateReason,
                site.Apps,
                site.CreatedAt,
                LastBackupAt = db.Backups.Where(backup => backup.SiteId == site.Id && backup.State == BackupState.Available).OrderByDescending(backup => backup.TakenAt).Select(backup => (DateTimeOffset?)backup.TakenAt).FirstOrDefault(),
            })
            .ToListAsync(cancel);
        var teams = await db.Teams.ToDictionaryAsync(team => team.Id, team => team.Name, cancel);
        var servers = await db.Servers.Select(server => new { server.Id, server.Name }).ToDictionaryAsync(server => server.Id, server => server.Name, cancel);
        var benches = (await db.Benches.Select(bench => new { bench.Id, bench.Name, bench.ReleaseId }).ToListAsync(cancel)).ToDictionary(bench => bench.Id);
        var releases = await db.Releases.Select(release => new { release.Id, release.Version }).ToDictionaryAsync(release => release.Id, release => release.Version, cancel);
        return
        [
            .. sites.Select(site => new SiteRow(
                site.Id,
                site.TeamId,
                teams[site.TeamId],
                site.ServerId,
                servers[site.ServerId],
                site.BenchId,
                benches[site.BenchId].Name.Value,
                site.Name.Value,
                site.State,
                site.StateReason,
                site.Apps,
                releases[benches[site.BenchId].ReleaseId],
                site.CreatedAt,
                site.PrimaryDomain?.Value ?? site.Name.Value,
                options.SitePort,
                site.LastBackupAt)),
        ];
    }

    /// <summary>The actor's sites by name, without those that are archived or in the trash; of one bench when it is given.</summary>
    public async Task<IReadOnlyList<SiteView>> ListAsync(Actor actor, Guid? benchId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var sites = db.Sites.VisibleTo(actor).Where(site => site.State != SiteState.Archived && site.State != SiteState.Trashed);
        if (benchId is not null)
            sites = sites.Where(site => site.BenchId == benchId);
        var rows = await Rows(db, sites.OrderBy(site => site.Name)).ToListAsync(cancel);
        return [.. rows.Select(row => row.ToView(options.SitePort))];
    }

    /// <summary>The actor's sites on one server by name, without those that are archived or in the trash.</summary>
    public async Task<IReadOnlyList<SiteView>> OfServerAsync(Actor actor, Guid serverId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var sites = db.Sites.VisibleTo(actor).Where(site => site.ServerId == serverId && site.State != SiteState.Archived && site.State != SiteState.Trashed);
        var rows = await Rows(db, sites.OrderBy(site => site.Name)).ToListAsync(cancel);
        return [.. rows.Select(row => row.ToView(options.SitePort))];
    }

    /// <summary>One site; null when there is none or it is not the actor's to see.</summary>
    public async Task<SiteView?> FindAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var row = await Rows(db, db.Sites.VisibleTo(actor).Where(site => site.Id == id)).SingleOrDefaultAsync(cancel);
        return row?.ToView(options.SitePort);
    }

    /// <summary>A site's domains beside its name, in the order in which they were added; none when the site is not the actor's to see.</summary>
    public async Task<IReadOnlyList<SiteDomain>> DomainsAsync(Actor actor, Guid siteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.SiteDomains.AsNoTracking().Where(domain => domain.SiteId == siteId && db.Sites.VisibleTo(actor).Any(site => site.Id == siteId)).OrderBy(domain => domain.AddedAt).ToListAsync(cancel);
    }

    /// <summary>Whether visitors of the other domains are sent to the primary one.</summary>
    public async Task<bool> RedirectsAsync(Actor actor, Guid siteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await db.Sites.VisibleTo(actor).AnyAsync(site => site.Id == siteId && site.RedirectDomains, cancel);
    }

    private static IQueryable<Row> Rows(PortalDb db, IQueryable<Site> sites) => sites.AsNoTracking().Select(site => new Row(
        site,
        db.Teams.Where(team => team.Id == site.TeamId).Select(team => team.Name).Single(),
        db.Servers.Where(server => server.Id == site.ServerId).Select(server => server.Name).Single(),
        db.Benches.Where(bench => bench.Id == site.BenchId).Select(bench => bench.Name).Single().Value,
        db.Releases.Where(release => release.Id == db.Benches.Where(bench => bench.Id == site.BenchId).Select(bench => bench.ReleaseId).Single()).Select(release => release.Version).Single(),
        db.Jobs.Where(job => job.SiteId == site.Id).OrderByDescending(job => job.CreatedAt).Select(job => (Guid?)job.Id).FirstOrDefault(),
        db.SiteFacts.Where(facts => facts.Id == site.Id).Select(facts => facts.Json).FirstOrDefault(),
        db.Backups.Where(backup => backup.SiteId == site.Id && backup.State == BackupState.Available).OrderByDescending(backup => backup.TakenAt).Select(backup => (DateTimeOffset?)backup.TakenAt).FirstOrDefault()));

    private sealed record Row(Site Site, string TeamName, string ServerName, string BenchName, string Version, Guid? LastJobId, string? FactsJson, DateTimeOffset? LastBackupAt)
    {
        public SiteView ToView(int port) => new(
            Site.Id,
            Site.TeamId,
            TeamName,
            Site.ServerId,
            ServerName,
            Site.BenchId,
            BenchName,
            Site.Name.Value,
            Site.State,
            Site.StateReason,
            Site.Apps,
            Version,
            Site.CreatedAt,
            LastJobId,
            new UriBuilder("http", Site.PrimaryDomain?.Value ?? Site.Name.Value, port).Uri,
            SiteFacts.Read(FactsJson),
            LastBackupAt);
    }
}
