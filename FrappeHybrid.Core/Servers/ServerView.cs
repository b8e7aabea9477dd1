using FrappeHybrid.Core.Contracts.Servers;

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
    ServerInfo? Facts,
    DateTimeOffset? LastSeenAt,
    int Benches,
    int Sites);
