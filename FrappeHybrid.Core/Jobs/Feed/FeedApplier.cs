using System.Text;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Jobs.Feed;

/// <summary>
/// Stores feed events with the server's number in one save: so nothing is lost and nothing is applied twice, whenever the portal is killed.
/// </summary>
public sealed class FeedApplier(IDbContextFactory<PortalDb> databases, JobEffects effects, TimeProvider time)
{
    private const int Tries = 10;
    private static readonly TimeSpan LastSeenStep = TimeSpan.FromMinutes(1);

    /// <summary>Applies the events after the stored number, in order. False when the server's feed has another epoch by now.</summary>
    public async Task<bool> ApplyAsync(Guid serverId, Guid epoch, IReadOnlyList<FeedEvent> events, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(serverId, epoch, events, cancel);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Tries)
            {
                // A cancel or the dispatcher changed one of the jobs: look again, decide again.
            }
        }
    }

    private async Task<bool> TryAsync(Guid serverId, Guid epoch, IReadOnlyList<FeedEvent> events, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var server = await db.Servers.SingleAsync(each => each.Id == serverId, cancel);
        if (server.FeedEpoch != epoch)
            return false;

        var fresh = events.Where(each => each.Number > server.FeedNumber).ToList();
        var expected = server.FeedNumber + 1;
        var inOrder = fresh.TakeWhile(each => each.Number == expected++).ToList();
        await ApplyAsync(db, server, inOrder, cancel);
        if (server.LastSeenAt is null || time.GetUtcNow() - server.LastSeenAt >= LastSeenStep)
            server.LastSeenAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancel);

        // What came before the gap is stored; the rest waits for a new connection.
        if (inOrder.Count < fresh.Count)
            throw new FeedGapException(server.FeedNumber + 1, fresh[inOrder.Count].Number);
        return true;
    }

    private async Task ApplyAsync(PortalDb db, Server server, List<FeedEvent> events, CancellationToken cancel)
    {
        if (events.Count == 0)
            return;

        // An Agent speaks only for jobs of its own server, whatever ids it names.
        var ids = events.Select(each => each.JobId ?? each.Job?.Id).OfType<Guid>().Distinct().ToList();
        var jobs = await db.Jobs.Include(job => job.Steps).Where(job => job.ServerId == server.Id && ids.Contains(job.Id)).ToDictionaryAsync(job => job.Id, cancel);
        var outputs = new Dictionary<(Guid JobId, string Step), StringBuilder>();
        foreach (var told in events)
        {
            server.FeedNumber = told.Number;
            if ((told.JobId ?? told.Job?.Id) is not { } jobId || !jobs.TryGetValue(jobId, out var job))
                continue;
            if (told.Job is { } snapshot && snapshot.Id == jobId)
                job.Apply(snapshot);
            if (told is { Step: { } step, Output: { } output })
                Collect(outputs, (jobId, step)).Append(output);
        }

        foreach (var ((jobId, key), text) in outputs)
        {
            if (jobs[jobId].Steps.Find(step => step.Key == key)?.AddOutput(text.ToString()) is { } row)
                db.RunOutputs.Add(row);
        }

        foreach (var job in jobs.Values)
            await effects.SettleAsync(db, job, cancel);
    }

    private static StringBuilder Collect(Dictionary<(Guid, string), StringBuilder> outputs, (Guid, string) key)
    {
        if (!outputs.TryGetValue(key, out var text))
            outputs.Add(key, text = new StringBuilder());
        return text;
    }
}
