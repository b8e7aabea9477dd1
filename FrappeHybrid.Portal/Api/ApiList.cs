namespace FrappeHybrid.Portal.Api;

/// <summary>A page of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">The cursor of what follows; null when this is the end.</param>
internal sealed record ApiList<T>(IReadOnlyList<T> Items, string? Next);
