using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Updates;

/// <summary>Ends it: no further site is begun; what was updated stays updated, and what runs goes on.</summary>
public sealed class CancelBenchUpdate(BenchUpdateMoves moves)
{
    /// <summary>Done, or why not.</summary>
    public Task<Result> RunAsync(Actor actor, Guid benchUpdateId, CancellationToken cancel) =>
        moves.RunAsync(actor, benchUpdateId, BenchUpdateState.Cancelled, "cancel-bench-update", "Cancelled", cancel);
}
