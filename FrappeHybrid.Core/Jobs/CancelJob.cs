using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Jobs;

/// <summary>Cancels a job: one that surely never left the portal ends here, any other is cancelled by the Agent, which stops the real process.</summary>
public sealed class CancelJob(IDbContextFactory<PortalDb> databases, JobEffects effects, DispatchSignal dispatch, TimeProvider time)
{
    private const int Tries = 5;

    /// <summary>Done when the request is written; the job ends when the Agent has stopped it.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid jobId, CancellationToken cancel)
    {
        // The dispatcher or the feed may change the job between our look and our write: then look again.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(actor, jobId, cancel);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Tries)
            {
            }
        }
    }

    private async Task<Result> TryAsync(Actor actor, Guid jobId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var job = await db.JobAsync(jobId, cancel);
        if (job is null)
            return Error.NotFound;
        if (actor.Refuse(job.Place.ToWorkOn, job) is { } refused)
            return refused;
        if (job.HasEnded)
            return new Error("job-ended", "The job has ended already.", "There is nothing left to cancel.");
        if (job.CancelRequested)
            return Result.Done;

        job.CancelRequested = true;
        if (job.State is RunState.Undelivered && !job.MayBeDelivered)
        {
            job.End(RunState.Cancelled, null, time.GetUtcNow());
            await effects.SettleAsync(db, job, cancel);
        }

        job.NextDeliveryAt = null;
        db.Activity.Add(ActivityEntry.Of(time, actor, job.Place, "cancel-job", $"Cancelled {job.Title} of {job.Subject}", job.Id));
        await db.SaveChangesAsync(cancel);
        dispatch.Raise();
        return Result.Done;
    }
}
