using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Jobs;

/// <summary>One piece of work on an Agent. Its id is the idempotency key. Never holds a secret in clear: see <see cref="SecretProtected"/>.</summary>
public sealed class Job : ITeamOwned
{
    private static readonly Dictionary<RunState, RunState[]> Moves = new()
    {
        [RunState.Undelivered] = [RunState.Pending, RunState.Running, RunState.Success, RunState.Failure, RunState.Cancelled, RunState.DeliveryFailure],
        [RunState.Pending] = [RunState.Running, RunState.Success, RunState.Failure, RunState.Cancelled],
        [RunState.Running] = [RunState.Success, RunState.Failure, RunState.Cancelled],
        [RunState.Success] = [],
        [RunState.Failure] = [],
        [RunState.Cancelled] = [],
        [RunState.DeliveryFailure] = [],
    };

    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    public required Guid ServerId { get; init; }

    public Guid? BenchId { get; init; }

    public Guid? SiteId { get; init; }

    /// <summary>Key of <see cref="Contracts.Jobs.JobTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>What it is done to: the bench's or site's name.</summary>
    public required string Subject { get; init; }

    /// <summary>The request's path on the Agent.</summary>
    public required string Path { get; init; }

    /// <summary>The request's body, encrypted (purpose "job-request"), because it may hold a password; null once the Agent has stored the job.</summary>
    public string? SecretProtected { get; set; }

    public RunState State { get; private set; } = RunState.Undelivered;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    public int DeliveryAttempts { get; set; }

    /// <summary>When the next delivery may be tried; null for at once.</summary>
    public DateTimeOffset? NextDeliveryAt { get; set; }

    public int QueuePosition { get; set; }

    /// <summary>What was made, JSON of the type's result record.</summary>
    public string? ResultJson { get; set; }

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    public string? ErrorAdvice { get; set; }

    public string? ErrorRaw { get; set; }

    public bool CancelRequested { get; set; }

    public List<JobStep> Steps { get; init; } = [];

    /// <summary>Why it failed; null otherwise.</summary>
    public Error? Error => ErrorCode is null ? null : new Error(ErrorCode, ErrorMessage ?? "", ErrorAdvice, ErrorRaw);

    /// <summary>The only way to change the state; a move that is not allowed is a bug.</summary>
    public void Become(RunState next)
    {
        if (!Moves[State].Contains(next))
            throw new InvalidOperationException($"A job that is {State} cannot become {next}.");
        State = next;
    }

    /// <summary>As the one component shows it.</summary>
    public RunView ToView() => new(
        Id,
        TeamId,
        RunKind.Job,
        Contracts.Jobs.JobTypes.Find(Type)?.Title ?? Type,
        Subject,
        State,
        CreatedAt,
        StartedAt,
        FinishedAt,
        [.. Steps.OrderBy(step => step.Number).Select(step => new RunStepView(step.Number, step.Key, step.Title, step.State, step.StartedAt, step.FinishedAt, step.Progress, step.Summary, null))],
        Error,
        Note,
        CanRetry: State is RunState.Failure or RunState.DeliveryFailure or RunState.Cancelled,
        CanCancel: State is RunState.Undelivered or RunState.Pending or RunState.Running && !CancelRequested);

    private string? Note => State switch
    {
        RunState.Undelivered when DeliveryAttempts > 0 => $"The server's Agent did not take the job yet ({DeliveryAttempts} tries); the portal goes on trying.",
        RunState.Undelivered => "On its way to the server.",
        RunState.Pending when QueuePosition > 0 => $"Waits for {QueuePosition} other {(QueuePosition == 1 ? "job" : "jobs")} here to end.",
        RunState.Running when CancelRequested => "Being cancelled.",
        _ => null,
    };
}

/// <summary>One step of a job.</summary>
public sealed class JobStep : RunStep;
