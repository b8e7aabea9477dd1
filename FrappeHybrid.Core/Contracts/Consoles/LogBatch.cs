namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>One line of `GET /consoles/{source}/stream` (newline-delimited JSON). In the order in which it is to be shown: skipped, notice, lines.</summary>
/// <param name="Lines">In the order in which they were written; the first batch holds the last lines from before; empty in a heartbeat, which is sent after 5 quiet seconds.</param>
/// <param name="Notice">Said by the Agent, not by the source: "container restarted"; null otherwise.</param>
/// <param name="Skipped">How many lines the Agent left out before these, because more came than could be sent; 0 normally.</param>
public sealed record LogBatch(IReadOnlyList<LogLine> Lines, string? Notice = null, long Skipped = 0);
