using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>A site's configuration as it is on the server now, and its history.</summary>
public sealed class SiteConfigReader(IDbContextFactory<PortalDb> databases, AgentClient agents)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Asked of the Agent each time: bench and people on the server change it too. Values of secret keys stay there.</summary>
    public async Task<Result<SiteConfigInfo>> ReadAsync(Actor actor, Guid siteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Sites.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == siteId, cancel) is not { } site)
            return Error.NotFound;
        var server = await db.Servers.AsNoTracking().SingleAsync(each => each.Id == site.ServerId, cancel);
        var bench = await db.Benches.AsNoTracking().SingleAsync(each => each.Id == site.BenchId, cancel);
        try
        {
            return await agents.GetAsync(server, SiteWorkRoutes.ForConfig(bench.Name, site.Name), SiteWorkJson.Default.SiteConfigInfo, Limit, cancel);
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
    }

    /// <summary>The newest changes made through the portal, with how they ended.</summary>
    /// <param name="limit">1 to 200.</param>
    public async Task<IReadOnlyList<SiteConfigChangeView>> HistoryAsync(Actor actor, Guid siteId, int limit, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await db.SiteConfigChanges.AsNoTracking().Where(change => change.SiteId == siteId && db.Sites.VisibleTo(actor).Any(site => site.Id == siteId)).OrderByDescending(change => change.At).Take(Math.Clamp(limit, 1, 200))
            .Select(change => new { change, State = db.Jobs.Where(job => job.Id == change.JobId).Select(job => (RunState?)job.State).FirstOrDefault() })
            .ToListAsync(cancel);
        return [.. rows.Select(row => new SiteConfigChangeView(row.change, row.State ?? RunState.Success))];
    }
}
