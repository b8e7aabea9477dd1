using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Runs;

/// <summary>A play or a job as the one component shows it: what is coming, what runs, times, what failed and what to do.</summary>
/// <param name="Id">The play's or job's id.</param>
/// <param name="Place">Whose it is, and what it is about.</param>
/// <param name="Kind">Play or job.</param>
/// <param name="Title">"Set up server", "New Bench", ...</param>
/// <param name="Subject">What it is done to, e.g. a server's, bench's or site's name.</param>
/// <param name="State">Where it is.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When its first step began.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="Steps">All steps, in order.</param>
/// <param name="Error">Why it failed and what to do.</param>
/// <param name="Note">What it waits for, e.g. "Third in the queue" or "The server does not answer; trying again in 20 s"; null when nothing.</param>
/// <param name="CanRetry">A retry is offered.</param>
/// <param name="CanCancel">A cancel is offered.</param>
public sealed record RunView(
    Guid Id,
    Place Place,
    RunKind Kind,
    string Title,
    string Subject,
    RunState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    IReadOnlyList<RunStepView> Steps,
    Error? Error,
    string? Note,
    bool CanRetry,
    bool CanCancel)
{
    /// <summary>Nothing more will happen by itself.</summary>
    public bool HasEnded => State is RunState.Success or RunState.Failure or RunState.Cancelled or RunState.DeliveryFailure;
}
