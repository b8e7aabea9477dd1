using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>One kind of play: its tasks, what their scripts get to know, what the portal does itself, and what its beginning and end mean to the server.</summary>
internal abstract class PlayKind
{
    /// <summary>Stable name, stored with each play.</summary>
    public abstract string Key { get; }

    /// <summary>What a person reads.</summary>
    public abstract string Title { get; }

    /// <summary>All tasks in their order. Those in a row that run on the server run there in one go.</summary>
    public abstract IReadOnlyList<PlayTaskType> Tasks { get; }

    /// <summary>The task that needs the Agent's program, which is uploaded meanwhile; null when none does.</summary>
    public virtual string? ProgramTask => null;

    /// <summary>The last task takes the portal's own key away: a connection refused for that after it began means that it is done.</summary>
    public virtual bool ClosesTheDoor => false;

    /// <summary>The server's state while the play waits or runs.</summary>
    public virtual ServerState WorkState => ServerState.Maintenance;

    /// <summary>The values of a task on the server.</summary>
    public abstract IReadOnlyList<(string Name, string Value)> Values(string key, PlayRecorder recorder, string agentStateFile);

    /// <summary>Does one of the portal's own tasks; null when it went well. It begins and ends the task in the recorder.</summary>
    public virtual Task<Error?> RunAsync(string key, PlayRecorder recorder, CancellationToken cancel) => throw new InvalidOperationException($"{Key} has no task {key} of the portal's.");

    /// <summary>Moves the server when the play has ended, inside the same save.</summary>
    /// <param name="error">Why it failed; null when it did not.</param>
    public virtual Task EndAsync(PortalDb db, PlayRecorder recorder, Error? error, CancellationToken cancel)
    {
        // Whether the Agent is there is the feed's to say; after a failure it may well be.
        recorder.Server.Become(ServerState.Active, null);
        return Task.CompletedTask;
    }

    /// <summary>A play of this kind with all tasks still to be done.</summary>
    public Play NewPlay(Guid id, Server server, DateTimeOffset now, Guid? afterId = null, IReadOnlyDictionary<string, string>? facts = null) => new()
    {
        Id = id,
        TeamId = server.TeamId,
        ServerId = server.Id,
        Kind = Key,
        Title = Title,
        CreatedAt = now,
        AfterId = afterId,
        Facts = facts is null ? [] : new Dictionary<string, string>(facts, StringComparer.Ordinal),
        Tasks = [.. Tasks.Select((task, index) => new PlayTask { RunId = id, Number = index + 1, Key = task.Key, Title = task.Title, State = Contracts.Jobs.StepState.Pending })],
    };
}
