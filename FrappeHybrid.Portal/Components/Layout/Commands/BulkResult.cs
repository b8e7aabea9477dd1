namespace FrappeHybrid.Portal.Components.Layout.Commands;

/// <summary>What came of a command for one of several things.</summary>
/// <param name="Problem">Why not; null when it was begun.</param>
/// <param name="Href">Where one watches it; null when it was not begun.</param>
public sealed record BulkResult(Thing Thing, Error? Problem, string? Href);
