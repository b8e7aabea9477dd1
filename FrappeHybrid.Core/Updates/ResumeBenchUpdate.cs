using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Updates;

/// <summary>Goes on after a pause or a failure; the sites that failed come again.</summary>
public sealed class ResumeBenchUpdate(BenchUpdateMoves moves)
{
    /// <summary>Done, or why not.</summary>
    public Task<Result> RunAsync(Actor actor, Guid benchUpdateId, CancellationToken cancel) =>
        moves.RunAsync(actor, benchUpdateId, BenchUpdateState.Running, "resume-bench-update", "Resumed", cancel);
}
