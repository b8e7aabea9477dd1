using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Jobs;

/// <summary>What pages ask about jobs.</summary>
public sealed class JobQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The actor's jobs, newest first; only of one server, bench or site when given.</summary>
    /// <param name="limit">1 to 500.</param>
    public async Task<IReadOnlyList<RunView>> ListAsync(Actor actor, Guid? serverId, Guid? benchId, Guid? siteId, int limit, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var jobs = db.Jobs.AsNoTracking().Include(job => job.Steps).VisibleTo(actor);
        if (serverId is not null)
            jobs = jobs.Where(job => job.ServerId == serverId);
        if (benchId is not null)
            jobs = jobs.Where(job => job.BenchId == benchId);
        if (siteId is not null)
            jobs = jobs.Where(job => job.SiteId == siteId);
        var rows = await jobs.OrderByDescending(job => job.CreatedAt).Take(Math.Clamp(limit, 1, 500)).ToListAsync(cancel);
        return [.. rows.Select(job => job.ToView())];
    }

    /// <summary>One job; null when there is none or it is not the actor's to see.</summary>
    public async Task<RunView?> FindAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var job = await db.Jobs.AsNoTracking().Include(each => each.Steps).VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == id, cancel);
        return job?.ToView();
    }
}
