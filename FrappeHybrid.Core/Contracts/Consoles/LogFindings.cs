namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>One line of `GET /consoles/{source}/search` (newline-delimited JSON): what was found since the last one.</summary>
/// <param name="Lines">Lines that match, oldest first.</param>
/// <param name="Scanned">How many lines were looked at so far.</param>
/// <param name="At">Up to where it has come; null before the first line.</param>
/// <param name="End">Set in the last one: why the search ended.</param>
public sealed record LogFindings(IReadOnlyList<LogLine> Lines, long Scanned, DateTimeOffset? At, LogSearchEnd? End = null);
