namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>One line of a container's output.</summary>
/// <param name="At">The engine's time stamp.</param>
/// <param name="Text">Without the line end; may hold colour codes; at most 16 KB, longer lines are cut with "…".</param>
/// <param name="IsError">Written to standard error.</param>
public sealed record LogLine(DateTimeOffset At, string Text, bool IsError);
