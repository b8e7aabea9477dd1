using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Estate;

/// <summary>A bench as the explorer shows it.</summary>
public sealed record EstateBench(Guid Id, Guid TeamId, Guid ServerId, string Name, BenchState State, string? StateReason)
{
    /// <summary>For which rights on it are asked.</summary>
    public Place Place => new(TeamId, ServerId, Id);
}
