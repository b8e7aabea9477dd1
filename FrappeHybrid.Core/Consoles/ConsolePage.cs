namespace FrappeHybrid.Core.Consoles;

/// <summary>Some lines of the past.</summary>
/// <param name="Lines">In their order.</param>
/// <param name="IsEnd">There is nothing further in that direction.</param>
public sealed record ConsolePage(IReadOnlyList<ConsoleLine> Lines, bool IsEnd);
