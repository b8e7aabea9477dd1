using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Jobs;

/// <summary>Finds what a job's beginning and end mean, by its type. A type without an effect changes nothing but its own row.</summary>
public sealed class JobEffects(IEnumerable<IJobEffect> effects, Notifier notifier, TimeProvider time)
{
    /// <summary>The act under which the end of a job is recorded.</summary>
    public const string JobEnded = "job-ended";

    private readonly Dictionary<string, IJobEffect> byType = effects
        .SelectMany(effect => effect.Types.Select(type => (type.Key, effect)))
        .ToDictionary(each => each.Key, each => each.effect, StringComparer.Ordinal);

    /// <summary>Moves what the order moves; the error when it cannot be ordered now.</summary>
    public Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel) =>
        byType.TryGetValue(job.Type, out var effect) ? effect.BeginAsync(db, job, cancel) : Task.FromResult<Error?>(null);

    /// <summary>After a change of a job: what it was about follows when it has ended, and its end is recorded and told.</summary>
    public async Task SettleAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        if (!job.HasEnded)
            return;
        if (HasJustEnded(db, job))
        {
            db.Activity.Add(Ended(job));
            notifier.JobEnded(db, job);
        }

        if (byType.TryGetValue(job.Type, out var effect))
            await effect.EndAsync(db, job, cancel);
    }

    // An end may be told more than once: by the feed, by a look at the Agent, by a cancel.
    private static bool HasJustEnded(PortalDb db, Job job)
    {
        var state = db.Entry(job).Property(each => each.State);
        return state.IsModified && !Job.IsEnd(state.OriginalValue) && !db.Activity.Local.Any(entry => entry.JobId == job.Id && entry.Act == JobEnded);
    }

    private ActivityEntry Ended(Job job)
    {
        var (word, result) = job.State is RunState.Success ? ("was done", ActivityResult.Done) : job.State is RunState.Cancelled ? ("was cancelled", ActivityResult.Done) : ("failed", ActivityResult.Failed);
        var entry = ActivityEntry.Of(time, Actor.OfPortal, job.Place, JobEnded, $"{job.Title} of {job.Subject} {word}", job.Id, result, job.State is RunState.Success ? null : job.EndReason);
        entry.JobId = job.Id;
        return entry;
    }
}
