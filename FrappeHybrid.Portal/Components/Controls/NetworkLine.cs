namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>What joins parts of a bench's network.</summary>
/// <param name="Way">The path of its line.</param>
/// <param name="IsCut">It leads to a part that is not well.</param>
public sealed record NetworkLine(string Way, bool IsCut);
