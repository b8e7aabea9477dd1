using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Restores;

/// <summary>What the trash shows.</summary>
public sealed class TrashQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The actor's dropped sites, the next to be deleted first.</summary>
    public async Task<IReadOnlyList<TrashView>> ListAsync(Actor actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await db.Sites.AsNoTracking().VisibleTo(actor)
            .Where(site => site.Trash != null && (site.State == SiteState.Trashed || site.State == SiteState.Working))
            .OrderBy(site => site.Trash!.Until)
            .Select(site => new
            {
                Site = site,
                Server = db.Servers.Where(server => server.Id == site.ServerId).Select(server => server.Name).Single(),
                Bench = db.Benches.Where(bench => bench.Id == site.BenchId).Select(bench => bench.Name).Single(),
                Job = db.Jobs.Where(job => job.SiteId == site.Id).OrderByDescending(job => job.CreatedAt).Select(job => (Guid?)job.Id).FirstOrDefault(),
            })
            .ToListAsync(cancel);
        return
        [
            .. rows.Select(row => new TrashView(
                row.Site.Id, row.Site.Place, row.Site.Trash!.Name.Value, row.Site.ServerId, row.Server, row.Bench.Value, row.Site.Apps, row.Site.Trash.At, row.Site.Trash.Until,
                row.Site.Trash.CanComeBack, row.Site.State, row.Site.StateReason, row.Job)),
        ];
    }
}
