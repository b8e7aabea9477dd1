namespace FrappeHybrid.Portal.Consoles;

/// <summary>What a search has found since the last message.</summary>
/// <param name="Lines">Lines that match; null for none.</param>
/// <param name="Scanned">How many lines were looked at so far.</param>
/// <param name="End">A sentence when it has ended.</param>
/// <param name="Problem">Why it could not be done.</param>
public sealed record ConsoleFindingsMessage(ConsoleLines? Lines, long Scanned, string? End, string? Problem);
