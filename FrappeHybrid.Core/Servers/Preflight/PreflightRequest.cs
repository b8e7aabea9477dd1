namespace FrappeHybrid.Core.Servers.Preflight;

/// <summary>A pre-flight to run.</summary>
/// <param name="ServerId">Of which server.</param>
/// <param name="RowKey">Only this row; null for all.</param>
public sealed record PreflightRequest(Guid ServerId, string? RowKey);
