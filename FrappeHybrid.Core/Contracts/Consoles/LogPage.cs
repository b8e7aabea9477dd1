namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>Some lines of the past: `GET /consoles/{source}/lines`.</summary>
/// <param name="Lines">In the order in which they were written.</param>
/// <param name="IsEnd">There is nothing further in that direction: the log files begin here, or this is the newest line.</param>
public sealed record LogPage(IReadOnlyList<LogLine> Lines, bool IsEnd);
