using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Estate;

/// <summary>A site as the explorer shows it.</summary>
public sealed record EstateSite(Guid Id, Guid TeamId, Guid ServerId, Guid BenchId, string Name, SiteState State, string? StateReason)
{
    /// <summary>For which rights on it are asked.</summary>
    public Place Place => new(TeamId, ServerId, BenchId, Id);
}
