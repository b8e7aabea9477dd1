using System.Threading.Channels;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Backups;

/// <summary>
/// Keeps the portal's backups and the servers' the same: takes away what was decided to go, learns what jobs have left that failed later on (a safety backup), and
/// forgets what somebody has removed on the server.
/// </summary>
public sealed class BackupSync(IDbContextFactory<PortalDb> databases, BackupAgent agent, LiveChanges live, TimeProvider time, ILogger<BackupSync> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);
    private readonly Channel<Guid?> wishes = Channel.CreateUnbounded<Guid?>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Something was decided to go: look soon.</summary>
    public void Raise() => wishes.Writer.TryWrite(null);

    /// <summary>Until cancelled: when asked, after each job about a site, and now and then, because a server may have been away.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        using var subscription = live.Subscribe(change =>
        {
            if (change.Entity == nameof(Job))
                wishes.Writer.TryWrite(change.Id);
        });
        while (true)
        {
            await DeleteMarkedAsync(cancel);
            using var pause = new CancellationTokenSource(Interval, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, pause.Token);
            try
            {
                if (await wishes.Reader.ReadAsync(either.Token) is { } jobId)
                    await AfterJobAsync(jobId, cancel);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // Nothing asked for so long.
            }
        }
    }

    /// <summary>Makes the site's backups those that its server has; nothing while a job works on it, which may be moving them.</summary>
    public async Task SyncAsync(Guid siteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var site = await db.Sites.SingleOrDefaultAsync(each => each.Id == siteId, cancel);
        if (site is not { IsServing: true } || await IsBusyAsync(db, siteId, cancel))
            return;
        var bench = await db.Benches.AsNoTracking().SingleAsync(each => each.Id == site.BenchId, cancel);
        var server = await db.Servers.AsNoTracking().SingleAsync(each => each.Id == site.ServerId, cancel);
        var records = await agent.ListAsync(server, bench.Name, site.Name, cancel);
        foreach (var record in records)
            await BackupRegister.AddAsync(db, site, record, cancel);
        var there = records.Select(record => record.Id).ToHashSet();
        foreach (var gone in await db.Backups.Where(backup => backup.SiteId == siteId).ToListAsync(cancel))
        {
            if (!there.Contains(gone.Id))
                db.Backups.Remove(gone);
        }

        // A job that was ordered meanwhile may have changed what was read.
        if (!await IsBusyAsync(db, siteId, cancel))
            await db.SaveChangesAsync(cancel);
    }

    /// <summary>Once: takes away all that was decided to go. What cannot be reached stays marked; one dead server keeps nobody else waiting for long.</summary>
    public async Task DeleteMarkedAsync(CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var marked = await db.Backups.Where(backup => backup.State == BackupState.Deleting).ToListAsync(cancel);
        foreach (var onServer in marked.GroupBy(backup => backup.ServerId))
        {
            var server = await db.Servers.AsNoTracking().SingleAsync(each => each.Id == onServer.Key, cancel);
            foreach (var backup in onServer)
            {
                var site = await db.Sites.AsNoTracking().SingleAsync(each => each.Id == backup.SiteId, cancel);
                if (server.AgentFingerprint is null || await IsBusyAsync(db, site.Id, cancel))
                    continue;
                var bench = await db.Benches.AsNoTracking().SingleAsync(each => each.Id == site.BenchId, cancel);
                if (!await TryAsync(() => agent.DeleteAsync(server, bench.Name, site.Name, backup.Id, cancel)))
                    break;
                db.Backups.Remove(backup);
                await db.SaveChangesAsync(cancel);
            }
        }
    }

    private async Task AfterJobAsync(Guid jobId, CancellationToken cancel)
    {
        Guid? siteId;
        await using (var db = await databases.CreateDbContextAsync(cancel))
        {
            var job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(each => each.Id == jobId, cancel);
            siteId = job is { HasEnded: true, StartedAt: not null } ? job.SiteId : null;
        }

        if (siteId is { } id)
            await TryAsync(() => SyncAsync(id, cancel));
    }

    private static Task<bool> IsBusyAsync(PortalDb db, Guid siteId, CancellationToken cancel) =>
        db.Jobs.AnyAsync(job => job.SiteId == siteId && (job.State == RunState.Undelivered || job.State == RunState.Pending || job.State == RunState.Running), cancel);

    private async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (AgentException exception) when (exception.Trouble is AgentTrouble.Missing)
        {
            // No such bench or site there: no backups of it either.
            return true;
        }
        catch (AgentException exception)
        {
            logger.LogInformation("Backups could not be looked at: {Reason}", exception.Message);
            return false;
        }
    }
}
