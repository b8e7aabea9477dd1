using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>Takes a failed play up again at the task that failed. What was done stays done.</summary>
public sealed class RetryPlay(IDbContextFactory<PortalDb> databases, PlayKinds kinds, PlayQueue queue, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid playId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var play = await db.Plays.VisibleTo(actor).Include(each => each.Tasks).SingleOrDefaultAsync(each => each.Id == playId, cancel);
        if (play is null)
            return Error.NotFound;
        var found = await ServerAccess.FindAsync(db, actor, play.ServerId, cancel);
        if (!found.IsDone)
            return found.Error;
        var server = found.Value;
        var newest = await db.Plays.Where(each => each.ServerId == server.Id).OrderByDescending(each => each.CreatedAt).Select(each => each.Id).FirstAsync(cancel);
        if (play.State is not RunState.Failure || newest != play.Id || !server.CanBecome(kinds.Of(play.Kind).WorkState))
            return new Error("play-not-retryable", "Only the newest play of a server can be taken up again, and only after it failed.", "Begin it anew instead.");

        play.Become(RunState.Pending);
        play.Attempt++;
        play.FinishedAt = null;
        (play.ErrorCode, play.ErrorMessage, play.ErrorAdvice) = (null, null, null);
        foreach (var task in play.Tasks.Where(task => task.State is not StepState.Success))
        {
            task.State = StepState.Pending;
            (task.StartedAt, task.FinishedAt, task.Progress, task.Summary, task.Changed) = (null, null, null, null, null);
        }

        server.Become(kinds.Of(play.Kind).WorkState, play.Title);
        db.Activity.Add(ActivityEntry.Of(time, actor, play.Place, "retry-play", $"Took up \"{play.Title}\" of {server.Name} again"));
        await db.SaveChangesAsync(cancel);
        queue.Wake();
        return Result.Done;
    }
}
