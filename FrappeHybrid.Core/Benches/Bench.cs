using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Benches;

/// <summary>One running copy of a release on a server.</summary>
public sealed class Bench : ITeamOwned
{
    private static readonly Dictionary<BenchState, BenchState[]> Moves = new()
    {
        [BenchState.Installing] = [BenchState.Active, BenchState.Broken],
        [BenchState.Broken] = [BenchState.Installing, BenchState.Archived],
        [BenchState.Active] = [BenchState.Archiving, BenchState.Archived],
        [BenchState.Archiving] = [BenchState.Active, BenchState.Archived],
        [BenchState.Archived] = [],
    };

    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    /// <inheritdoc/>
    public Place Place => new(TeamId, ServerId, Id);

    public required Guid ServerId { get; init; }

    public required Guid ReleaseId { get; init; }

    /// <summary>Unique on its server among those that are not archived.</summary>
    public required BenchName Name { get; init; }

    public BenchState State { get; private set; } = BenchState.Installing;

    /// <summary>Why it is in this state, for a person.</summary>
    public string? StateReason { get; private set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The frontend's port on the server's 127.0.0.1; null until it is made.</summary>
    public int? FrontendPort { get; set; }

    /// <summary>Whether the state may become that.</summary>
    public bool CanBecome(BenchState next) => Moves[State].Contains(next);

    /// <summary>The only way to change the state; a move that is not allowed is a bug.</summary>
    public void Become(BenchState next, string? reason)
    {
        if (!CanBecome(next))
            throw new InvalidOperationException($"A bench that is {State} cannot become {next}.");
        State = next;
        StateReason = reason;
    }

    /// <summary>Its server was taken out: from whatever state, nothing more will happen to it.</summary>
    public void LeaveWithServer(string why) => (State, StateReason) = (BenchState.Archived, why);

    /// <summary>Moves on when its job has ended.</summary>
    public void Settle(Job job)
    {
        if (job.Type != JobTypes.NewBench.Key || !job.HasEnded || State is not BenchState.Installing)
            return;
        if (job.State is RunState.Success)
        {
            FrontendPort = job.ResultAs(AgentJson.Default.NewBenchResult)?.FrontendPort;
            Become(BenchState.Active, null);
        }
        else
        {
            Become(BenchState.Broken, job.EndReason);
        }
    }
}
