using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
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

    /// <inheritdoc/>
    public Place Place => new(TeamId, ServerId, BenchId, SiteId);

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

    /// <summary>The request's body, kept for "Try again"; null for a type that holds a secret.</summary>
    public string? Request { get; init; }

    /// <summary>The job that this one tries again.</summary>
    public Guid? RetryOf { get; init; }

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

    /// <summary>The Agent has taken the request to cancel.</summary>
    public bool CancelDelivered { get; set; }

    /// <summary>
    /// A request was begun whose end is not known, so that the Agent may have the job: set before each try, taken back when the try surely did not arrive.
    /// A cancel before the delivery needs this to tell "end it here" from "ask the Agent".
    /// </summary>
    public bool MayBeDelivered { get; set; }

    public List<JobStep> Steps { get; init; } = [];

    /// <summary>Why it failed; null otherwise.</summary>
    public Error? Error => ErrorCode is null ? null : new Error(ErrorCode, ErrorMessage ?? "", ErrorAdvice, ErrorRaw);

    /// <summary>What a person reads, e.g. "New Bench".</summary>
    public string Title => JobTypes.Find(Type)?.Title ?? Type;

    /// <summary>Nothing more will happen to it.</summary>
    public bool HasEnded => IsEnd(State);

    /// <summary>Whether nothing comes after the state.</summary>
    public static bool IsEnd(RunState state) => Moves[state].Length == 0;

    /// <summary>Why it ended without success, for the bench or site it was to make.</summary>
    public string EndReason => State is RunState.Cancelled ? "The job was cancelled." : ErrorMessage ?? "The job failed.";

    /// <summary>The only way to change the state; a move that is not allowed is a bug. From the first answer of the Agent on, the request is no longer needed and goes.</summary>
    public void Become(RunState next)
    {
        if (!Moves[State].Contains(next))
            throw new InvalidOperationException($"A job that is {State} cannot become {next}.");
        State = next;
        SecretProtected = null;
        NextDeliveryAt = null;
    }

    /// <summary>Ends it without the Agent's word.</summary>
    public void End(RunState next, Error? error, DateTimeOffset at)
    {
        Become(next);
        FinishedAt = at;
        QueuePosition = 0;
        SetError(error);
        foreach (var step in Steps.Where(step => step.State is StepState.Pending or StepState.Running))
            step.State = step.State is StepState.Running ? StepState.Failure : StepState.Skipped;
    }

    /// <summary>The Agent does not know it any more though it had taken it.</summary>
    public void Lose(DateTimeOffset at)
    {
        if (State is RunState.Pending or RunState.Running)
            End(RunState.Failure, new Error("agent-lost-job", "The Agent lost the job: its store is new.", "Look at the server, then try again."), at);
    }

    /// <summary>The Agent did not take it; the reason is shown until it does.</summary>
    public void Postpone(DateTimeOffset until, Error reason)
    {
        NextDeliveryAt = until;
        SetError(reason);
    }

    /// <summary>
    /// Takes over what the Agent says. An older word than the one we have (a look-up can overtake the feed) changes nothing.
    /// </summary>
    public void Apply(JobSnapshot snapshot)
    {
        var next = StateOf(snapshot.State);
        if (HasEnded || (next != State && !Moves[State].Contains(next)))
            return;
        if (next != State)
            Become(next);
        StartedAt = snapshot.StartedAt;
        FinishedAt = snapshot.FinishedAt;
        QueuePosition = snapshot.QueuePosition;
        ResultJson = snapshot.Result?.GetRawText();
        SetError(snapshot.Error is { } error ? new Error(error.Code, error.Message, error.Advice, error.Raw) : null);
        foreach (var told in snapshot.Steps)
            Steps.Find(step => step.Key == told.Key)?.Apply(told);
    }

    /// <summary>The result; null when there is none or it cannot be read.</summary>
    public T? ResultAs<T>(JsonTypeInfo<T> json)
        where T : class
    {
        try
        {
            return ResultJson is null ? null : JsonSerializer.Deserialize(ResultJson, json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RunState StateOf(JobState state) => state switch
    {
        JobState.Pending => RunState.Pending,
        JobState.Running => RunState.Running,
        JobState.Success => RunState.Success,
        JobState.Failure => RunState.Failure,
        JobState.Cancelled => RunState.Cancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state of a job."),
    };

    private void SetError(Error? error)
    {
        ErrorCode = error?.Code;
        ErrorMessage = error?.Message;
        ErrorAdvice = error?.Advice;
        ErrorRaw = error?.Raw;
    }

    /// <summary>As the one component shows it.</summary>
    public RunView ToView() => new(
        Id,
        Place,
        RunKind.Job,
        Title,
        Subject,
        State,
        CreatedAt,
        StartedAt,
        FinishedAt,
        [.. Steps.OrderBy(step => step.Number).Select(step => new RunStepView(step.Number, step.Key, step.Title, step.State, step.StartedAt, step.FinishedAt, step.Progress, step.Summary, null))],
        HasEnded ? Error : null,
        Note,
        CanRetry: State is RunState.Failure or RunState.DeliveryFailure or RunState.Cancelled,
        CanCancel: !HasEnded && !CancelRequested);

    private string? Note => State switch
    {
        RunState.Undelivered or RunState.Pending or RunState.Running when CancelRequested => "Being cancelled.",
        RunState.Undelivered when DeliveryAttempts > 0 => $"{ErrorMessage ?? "The server's Agent did not take the job yet."} The portal goes on trying ({DeliveryAttempts} {(DeliveryAttempts == 1 ? "try" : "tries")} so far).",
        RunState.Undelivered => "On its way to the server.",
        RunState.Pending when QueuePosition > 0 => $"Waits for {QueuePosition} other {(QueuePosition == 1 ? "job" : "jobs")} here to end.",
        _ => null,
    };
}
