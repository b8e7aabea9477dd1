using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>One provisioning run over SSH. It resumes at the failed task, also after the portal was killed in the middle.</summary>
public sealed class Play : ITeamOwned
{
    private static readonly Dictionary<RunState, RunState[]> Moves = new()
    {
        [RunState.Pending] = [RunState.Running, RunState.Cancelled],
        [RunState.Running] = [RunState.Success, RunState.Failure, RunState.Cancelled],
        [RunState.Failure] = [RunState.Pending],
        [RunState.Success] = [],
        [RunState.Cancelled] = [],
    };

    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    /// <inheritdoc/>
    public Place Place => new(TeamId, ServerId);

    public required Guid ServerId { get; init; }

    /// <summary>Key of its kind; "set-up-server" for plays of before there were kinds.</summary>
    public string Kind { get; init; } = "set-up-server";

    /// <summary>The play that must have ended well before this one begins, on another server; null for none.</summary>
    public Guid? AfterId { get; init; }

    /// <summary>What its tasks have found out or were asked for, by name; no secret.</summary>
    public Dictionary<string, string> Facts { get; set; } = [];

    /// <summary>"Set up server".</summary>
    public required string Title { get; init; }

    public RunState State { get; private set; } = RunState.Pending;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>How often it was begun: 1 at first, one more with each retry.</summary>
    public int Attempt { get; set; } = 1;

    public string? ErrorCode { get; set; }

    public string? ErrorMessage { get; set; }

    public string? ErrorAdvice { get; set; }

    public List<PlayTask> Tasks { get; init; } = [];

    /// <summary>Why it failed; null otherwise.</summary>
    public Error? Error => ErrorCode is null ? null : new Error(ErrorCode, ErrorMessage ?? "", ErrorAdvice);

    /// <summary>The only way to change the state; a move that is not allowed is a bug.</summary>
    public void Become(RunState next)
    {
        if (!Moves.TryGetValue(State, out var allowed) || !allowed.Contains(next))
            throw new InvalidOperationException($"A play that is {State} cannot become {next}.");
        State = next;
    }

    /// <summary>As the one component shows it.</summary>
    public RunView ToView(string subject) => new(
        Id,
        Place,
        RunKind.Play,
        Title,
        subject,
        State,
        CreatedAt,
        StartedAt,
        FinishedAt,
        [.. Tasks.OrderBy(task => task.Number).Select(task => new RunStepView(task.Number, task.Key, task.Title, task.State, task.StartedAt, task.FinishedAt, task.Progress, task.Summary, task.Changed))],
        Error,
        null,
        CanRetry: State is RunState.Failure,
        CanCancel: false);
}
