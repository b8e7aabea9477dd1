namespace FrappeHybrid.Core.Estate;

/// <summary>What the status bar says.</summary>
/// <param name="Agents">Servers that were set up.</param>
/// <param name="Online">Those whose Agent answers.</param>
/// <param name="Silent">Those whose Agent should answer and does not.</param>
/// <param name="Running">Jobs and plays that have not ended.</param>
/// <param name="Alerts">Servers, benches and sites that do not work, or that stay where a failed update left them.</param>
/// <param name="Failed">Jobs, and last plays of servers, that failed since the time that was asked for.</param>
public sealed record EstateCounts(int Agents, int Online, int Silent, int Running, int Failed, int Alerts);
