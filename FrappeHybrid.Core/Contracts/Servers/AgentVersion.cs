namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>`GET /version`.</summary>
/// <param name="Version">The Agent's version, e.g. "0.1.0".</param>
/// <param name="StartedAt">When this process started.</param>
public sealed record AgentVersion(string Version, DateTimeOffset StartedAt);
