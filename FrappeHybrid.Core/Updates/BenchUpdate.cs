using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Updates;

/// <summary>All sites of a bench move to a bench of a newer release: one first, then the rest, some at once; stopped when one fails.</summary>
public sealed class BenchUpdate : ITeamOwned
{
    private static readonly Dictionary<BenchUpdateState, BenchUpdateState[]> Moves = new()
    {
        [BenchUpdateState.Running] = [BenchUpdateState.Paused, BenchUpdateState.Stopped, BenchUpdateState.Done, BenchUpdateState.Cancelled],
        [BenchUpdateState.Paused] = [BenchUpdateState.Running, BenchUpdateState.Stopped, BenchUpdateState.Done, BenchUpdateState.Cancelled],
        [BenchUpdateState.Stopped] = [BenchUpdateState.Running, BenchUpdateState.Cancelled],
        [BenchUpdateState.Done] = [],
        [BenchUpdateState.Cancelled] = [],
    };

    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    /// <inheritdoc/>
    public Place Place => new(TeamId, ServerId, BenchId);

    public required Guid ServerId { get; init; }

    /// <summary>Where the sites are.</summary>
    public required Guid BenchId { get; init; }

    /// <summary>Where they go; it may still be being made.</summary>
    public required Guid TargetBenchId { get; init; }

    /// <summary>Patches that fail are left out.</summary>
    public required bool SkipFailingPatches { get; init; }

    /// <summary>Who ordered it: the jobs of the sites are its acts.</summary>
    public required Guid UserId { get; init; }

    /// <summary>That user's name at the time.</summary>
    public required string UserName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When something of it changed last, its sites included.</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    public BenchUpdateState State { get; private set; } = BenchUpdateState.Running;

    /// <summary>Why it is in this state, for a person.</summary>
    public string? StateReason { get; private set; }

    public List<BenchUpdateSite> Sites { get; init; } = [];

    /// <summary>Nothing more will happen to it.</summary>
    public bool HasEnded => Moves[State].Length == 0;

    /// <summary>Whether the state may become that.</summary>
    public bool CanBecome(BenchUpdateState next) => Moves[State].Contains(next);

    /// <summary>The only way to change the state; a move that is not allowed is a bug.</summary>
    public void Become(BenchUpdateState next, string? reason, DateTimeOffset at)
    {
        if (!CanBecome(next))
            throw new InvalidOperationException($"The update of a bench that is {State} cannot become {next}.");
        State = next;
        StateReason = reason;
        ChangedAt = at;
    }

    /// <summary>How many more may be begun now: one until the first is through, then so many at once.</summary>
    /// <param name="atOnce">At most so many run at the same time.</param>
    public int FreePlaces(int atOnce)
    {
        var first = Sites.Any(site => site.State is BenchUpdateSiteState.Done && site.JobId is not null) ? atOnce : 1;
        return State is BenchUpdateState.Running ? Math.Max(0, first - Sites.Count(site => site.State is BenchUpdateSiteState.Running)) : 0;
    }
}
