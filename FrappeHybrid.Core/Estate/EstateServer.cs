using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Estate;

/// <summary>A server as the explorer shows it.</summary>
public sealed record EstateServer(Guid Id, Guid TeamId, string Name, string Address, ServerState State, string? StateReason)
{
    /// <summary>For which rights on it are asked.</summary>
    public Place Place => new(TeamId, Id);
}
