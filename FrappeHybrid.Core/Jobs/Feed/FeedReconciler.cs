using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace FrappeHybrid.Core.Jobs.Feed;

/// <summary>
/// Where the feed cannot tell what happened (the Agent's store is new, or it has thrown away old events) asks for every job that has not ended.
/// All answers are there before anything is stored: a connection that breaks in between leaves everything as it was, and the next one begins anew.
/// </summary>
public sealed class FeedReconciler(IDbContextFactory<PortalDb> databases, JobEffects effects, AgentClient agents, TimeProvider time, ILogger<FeedReconciler> logger)
{
    private const int Tries = 10;

    /// <summary>Sets the server's place in the feed and brings its jobs in line with what the Agent says now.</summary>
    public async Task RunAsync(Server server, Guid epoch, long number, CancellationToken cancel)
    {
        var told = await AskAsync(server, cancel);
        logger.LogInformation("Server {Server}: the feed goes on in epoch {Epoch} after {Number}; {Count} jobs were asked for", server.Id, epoch, number, told.Count);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StoreAsync(server.Id, epoch, number, told, cancel);
                return;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Tries)
            {
                // A cancel or the dispatcher changed one of the jobs: look again.
            }
        }
    }

    private async Task<Dictionary<Guid, JobSnapshot?>> AskAsync(Server server, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var open = await db.Jobs
            .Where(job => job.ServerId == server.Id && (job.State == RunState.Pending || job.State == RunState.Running))
            .Select(job => job.Id)
            .ToListAsync(cancel);
        var told = new Dictionary<Guid, JobSnapshot?>();
        foreach (var id in open)
            told[id] = await agents.FindJobAsync(server, id, cancel);
        return told;
    }

    private async Task StoreAsync(Guid serverId, Guid epoch, long number, Dictionary<Guid, JobSnapshot?> told, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var server = await db.Servers.SingleAsync(each => each.Id == serverId, cancel);
        server.FeedEpoch = epoch;
        server.FeedNumber = number;
        var ids = told.Keys.ToList();
        foreach (var job in await db.Jobs.Include(job => job.Steps).Where(job => ids.Contains(job.Id)).ToListAsync(cancel))
        {
            if (told[job.Id] is { } snapshot)
                job.Apply(snapshot);
            else
                job.Lose(time.GetUtcNow());
            await effects.SettleAsync(db, job, cancel);
        }

        await db.SaveChangesAsync(cancel);
    }
}
