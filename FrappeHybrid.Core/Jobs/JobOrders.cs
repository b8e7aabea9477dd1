using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Jobs;

/// <summary>Orders a job in one save: its row, what its beginning moves, and the activity. The act before it has loaded the rows and asked for the permission.</summary>
public sealed class JobOrders(JobEffects effects, DispatchSignal dispatch)
{
    /// <summary>The job's id, or why it cannot be ordered now; "changed-meanwhile" when somebody else moved the same state first.</summary>
    public async Task<Result<Guid>> PlaceAsync(PortalDb db, Job job, ActivityEntry activity, CancellationToken cancel)
    {
        if (await effects.BeginAsync(db, job, cancel) is { } refused)
            return refused;
        db.Jobs.Add(job);
        activity.JobId = job.Id;
        db.Activity.Add(activity);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Error("changed-meanwhile", $"{job.Subject} was changed by somebody else at the same time.", "Look at it again, then decide.");
        }

        dispatch.Raise();
        return job.Id;
    }
}
