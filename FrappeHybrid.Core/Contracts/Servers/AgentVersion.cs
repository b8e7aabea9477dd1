namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>`GET /version`.</summary>
/// <param name="Version">The Agent's version, e.g. "0.1.0".</param>
/// <param name="StartedAt">When this process started.</param>
/// <param name="Program">SHA-256 (hex, lower case) of the program's file; null from an Agent that does not tell it.</param>
public sealed record AgentVersion(string Version, DateTimeOffset StartedAt, string? Program = null);
