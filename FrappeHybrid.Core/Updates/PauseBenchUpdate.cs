using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Updates;

/// <summary>Begins no further site; those that are being updated go on.</summary>
public sealed class PauseBenchUpdate(BenchUpdateMoves moves)
{
    /// <summary>Done, or why not.</summary>
    public Task<Result> RunAsync(Actor actor, Guid benchUpdateId, CancellationToken cancel) =>
        moves.RunAsync(actor, benchUpdateId, BenchUpdateState.Paused, "pause-bench-update", "Paused", cancel);
}
