using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Jobs;

/// <summary>The job page's "Try again": does what retrying this kind of job means. A site needs its password anew, so that its page must ask first.</summary>
public sealed class RetryJob(IDbContextFactory<PortalDb> databases, RetryBench retryBench, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>Code of the error that says: ask for the password and call RetrySite.</summary>
    public const string PasswordNeeded = "site-password-needed";

    /// <summary>The new job's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid jobId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var job = await db.Jobs.AsNoTracking().SingleOrDefaultAsync(each => each.Id == jobId, cancel);
        if (job is null)
            return Error.NotFound;
        if (actor.Refuse(job.Place.ToWorkOn, job) is { } refused)
            return refused;
        if (job.Type == JobTypes.NewBench.Key && job.BenchId is { } benchId)
            return await retryBench.RunAsync(actor, benchId, cancel);
        if (job.Type == JobTypes.NewSite.Key)
            return new Error(PasswordNeeded, "The Administrator password is needed again: the portal does not keep it.", "Open the site and try again from there.");
        if (job.State is not (RunState.Failure or RunState.Cancelled or RunState.DeliveryFailure))
            return new Error("job-not-failed", "The job has not failed: there is nothing to try again.");
        if (jobs.Again(job) is not { } again)
            return new Error("retry-secret", "What this job needs is not kept by the portal, because a password or a key is part of it.", "Start it again from the page of what it is about.");
        return await orders.PlaceAsync(db, again, ActivityEntry.Of(time, actor, job.Place, "retry-job", $"Tried {job.Title} of {job.Subject} again"), cancel);
    }
}
