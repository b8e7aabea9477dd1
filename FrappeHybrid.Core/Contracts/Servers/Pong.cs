namespace FrappeHybrid.Core.Contracts.Servers;

/// <summary>`GET /ping`.</summary>
/// <param name="Message">Always "pong".</param>
public sealed record Pong(string Message);
