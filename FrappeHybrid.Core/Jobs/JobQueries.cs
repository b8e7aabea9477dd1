using FrappeHybrid.Core.Contracts.Jobs;
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
        var jobs = Filtered(db.Jobs.AsNoTracking().Include(job => job.Steps).VisibleTo(actor), serverId, benchId, siteId);
        var rows = await jobs.OrderByDescending(job => job.CreatedAt).Take(Math.Clamp(limit, 1, 500)).ToListAsync(cancel);
        return [.. rows.Select(job => job.ToView())];
    }

    /// <summary>A piece of the actor's jobs, newest first: those that come after one, for who reads them all piece by piece.</summary>
    /// <param name="states">Only in these states; all when empty.</param>
    /// <param name="after">The last one that was read, with its time; null for the beginning.</param>
    /// <param name="limit">1 to 500.</param>
    public async Task<IReadOnlyList<RunView>> PageAsync(
        Actor actor, Guid? serverId, Guid? benchId, Guid? siteId, IReadOnlyList<RunState> states, (DateTimeOffset CreatedAt, Guid Id)? after, int limit, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var jobs = Filtered(db.Jobs.AsNoTracking().VisibleTo(actor), serverId, benchId, siteId);
        if (states.Count > 0)
            jobs = jobs.Where(job => states.Contains(job.State));
        var most = Math.Clamp(limit, 1, 500);
        if (after is not { } last)
            return [.. (await Newest(jobs).Take(most).ToListAsync(cancel)).Select(job => job.ToView())];

        // Several may have been made in one millisecond; those before the last one among them were read already.
        var same = await Newest(jobs.Where(job => job.CreatedAt == last.CreatedAt)).Select(job => job.Id).ToListAsync(cancel);
        var read = same.IndexOf(last.Id) + 1;
        var rows = await Newest(jobs.Where(job => job.CreatedAt <= last.CreatedAt)).Skip(read).Take(most).ToListAsync(cancel);
        return [.. rows.Select(job => job.ToView())];
    }

    /// <summary>One job; null when there is none or it is not the actor's to see.</summary>
    public async Task<RunView?> FindAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var job = await db.Jobs.AsNoTracking().Include(each => each.Steps).VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == id, cancel);
        return job?.ToView();
    }

    /// <summary>What stands around a job; null when there is none or it is not the actor's to see.</summary>
    public async Task<JobAbout?> AboutAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var visible = db.Jobs.AsNoTracking().VisibleTo(actor);
        if (await visible.SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } job)
            return null;
        var before = job.RetryOf is { } first ? await visible.SingleOrDefaultAsync(each => each.Id == first, cancel) : null;
        var after = await visible.Where(each => each.RetryOf == id).OrderByDescending(each => each.CreatedAt).FirstOrDefaultAsync(cancel);
        var ahead = job is { State: RunState.Pending, QueuePosition: > 0 }
            ? await visible
                .Where(each => each.ServerId == job.ServerId && each.Id != id && each.CreatedAt <= job.CreatedAt && (each.State == RunState.Pending || each.State == RunState.Running))
                .Where(each => each.SiteId == job.SiteId || each.BenchId == job.BenchId || each.BenchId == null || job.BenchId == null)
                .OrderByDescending(each => each.SiteId == job.SiteId).ThenByDescending(each => each.BenchId == job.BenchId).ThenByDescending(each => each.CreatedAt)
                .Take(job.QueuePosition)
                .ToListAsync(cancel)
            : [];
        return new JobAbout(JobTypes.Find(job.Type)?.TimeLimit, before?.ToView(), after?.ToView(), [.. ahead.Select(each => each.ToView())], job.ServerId, job.BenchId, job.SiteId);
    }

    private static IQueryable<Job> Newest(IQueryable<Job> jobs) => jobs.Include(job => job.Steps).OrderByDescending(job => job.CreatedAt).ThenByDescending(job => job.Id);

    private static IQueryable<Job> Filtered(IQueryable<Job> jobs, Guid? serverId, Guid? benchId, Guid? siteId)
    {
        if (serverId is not null)
            jobs = jobs.Where(job => job.ServerId == serverId);
        if (benchId is not null)
            jobs = jobs.Where(job => job.BenchId == benchId);
        return siteId is not null ? jobs.Where(job => job.SiteId == siteId) : jobs;
    }
}
