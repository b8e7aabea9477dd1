using FrappeHybrid.Core.Runs;
using FrappeHybrid.Portal.Components.Controls;

namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>What is offered for a job or a play.</summary>
public static class JobCommands
{
    public static IReadOnlyList<Command> All { get; } =
    [
        new("job-open", "Open", IconName.Job, ThingKind.Job) { Href = job => job.Href, Needs = Capability.View },
        new("job-of", "What it is about", IconName.Open, ThingKind.Job)
        {
            Href = job => job.Place switch
            {
                { SiteId: { } site } => $"/sites/{site}",
                { BenchId: { } bench } => $"/benches/{bench}",
                _ => $"/servers/{job.Place.ServerId}",
            },
            Needs = Capability.View,
        },
        new("job-cancel", "Cancel", IconName.Close, ThingKind.Job)
        {
            Act = (acts, actor, job, cancel) => acts.CancelAsync(actor, job, cancel),
            Fits = job => job.Run is { Kind: RunKind.Job, CanCancel: true },
            IsBulk = true,
            Question = "What it has begun is stopped and taken back.",
        },
        new("job-retry", "Try again", IconName.Retry, ThingKind.Job)
        {
            Act = (acts, actor, job, cancel) => acts.RetryAsync(actor, job, cancel), Fits = job => job.Run is { Kind: RunKind.Job, CanRetry: true }, IsBulk = true,
        },
    ];
}
