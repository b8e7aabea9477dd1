using System.ComponentModel;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Runs;

namespace FrappeHybrid.Portal.Api;

/// <summary>A job (on a server's Agent) or a play (over SSH) as programs see it.</summary>
internal sealed record RunModel(
    Guid Id,
    RunKind Kind,
    [property: Description("What is done, for a person, e.g. New Site.")] string Title,
    [property: Description("What it is done to, e.g. a site's name.")] string Subject,
    [property: Description("Ended at success, failure, cancelled and deliveryFailure.")] RunState State,
    bool HasEnded,
    Guid TeamId,
    Guid? ServerId,
    Guid? BenchId,
    [property: Description("Of a job that makes a site: the new site.")] Guid? SiteId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    IReadOnlyList<RunStepModel> Steps,
    [property: Description("Why it failed and what to do; null otherwise.")] Error? Error,
    [property: Description("What it waits for; null when for nothing.")] string? Note,
    bool CanRetry,
    bool CanCancel)
{
    public static RunModel Of(RunView run) => new(
        run.Id,
        run.Kind,
        run.Title,
        run.Subject,
        run.State,
        run.HasEnded,
        run.Place.TeamId,
        run.Place.ServerId,
        run.Place.BenchId,
        run.Place.SiteId,
        run.CreatedAt,
        run.StartedAt,
        run.FinishedAt,
        [.. run.Steps.Select(step => new RunStepModel(step.Key, step.Title, step.State, step.StartedAt, step.FinishedAt, step.Progress, step.Summary))],
        run.Error,
        run.Note,
        run.CanRetry,
        run.CanCancel);
}

/// <summary>One step of it.</summary>
/// <param name="Progress">0 to 100, only where the real tool reports it.</param>
/// <param name="Summary">One line on what it did.</param>
internal sealed record RunStepModel(string Key, string Title, StepState State, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, int? Progress, string? Summary);

/// <summary>What a step has said.</summary>
/// <param name="Text">Hostile text: show it as text only.</param>
/// <param name="Next">For the parameter "after", to get what comes later.</param>
internal sealed record OutputModel(string Text, long Next);
