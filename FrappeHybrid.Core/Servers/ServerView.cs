using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Servers;

/// <summary>A server as pages show it; holds no secret.</summary>
public sealed record ServerView(
    Guid Id,
    Guid TeamId,
    string TeamName,
    string Name,
    string Address,
    int SshPort,
    string SshUser,
    string Domain,
    ServerState State,
    string? StateReason,
    DateTimeOffset CreatedAt,
    int DraftStep,
    string SshPublicKey,
    string? HostKeyFingerprint,
    bool KeyAccepted,
    string? AgentVersion,
    string? AgentProgram,
    ServerInfo? Facts,
    DateTimeOffset? LastSeenAt,
    int Benches,
    int Sites)
{
    /// <summary>For which rights on it are asked.</summary>
    public Place Place => new(TeamId, Id);
}
