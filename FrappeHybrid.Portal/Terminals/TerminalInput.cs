namespace FrappeHybrid.Portal.Terminals;

/// <summary>What the browser tells about a terminal, in the order in which it happened; one of the four.</summary>
/// <param name="Text">Typed or pasted.</param>
/// <param name="Columns">With <paramref name="Rows"/>: the window has another size.</param>
/// <param name="Rows">See <paramref name="Columns"/>.</param>
/// <param name="Taken">So many bytes more were shown.</param>
/// <param name="IsReply">With <paramref name="Text"/>: nobody typed it, the widget answers a question that a program asked of its terminal.</param>
/// <param name="End">Its person wants it to end.</param>
public sealed record TerminalInput(string? Text = null, int? Columns = null, int? Rows = null, long? Taken = null, bool IsReply = false, bool End = false);
