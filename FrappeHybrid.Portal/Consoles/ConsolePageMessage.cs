namespace FrappeHybrid.Portal.Consoles;

/// <summary>Lines of the past for a browser.</summary>
/// <param name="Lines">In their order.</param>
/// <param name="IsEnd">There is nothing further in that direction.</param>
/// <param name="Problem">Why there are none.</param>
public sealed record ConsolePageMessage(ConsoleLines? Lines, bool IsEnd, string? Problem);
