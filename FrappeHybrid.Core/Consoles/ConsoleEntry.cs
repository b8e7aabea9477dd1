namespace FrappeHybrid.Core.Consoles;

/// <summary>One thing in a console: a line, something said, or a gap.</summary>
internal readonly record struct ConsoleEntry(ConsoleLine? Line, string? Notice, long Skipped)
{
    public int Size => Line?.Line.Text.Length ?? Notice?.Length ?? 0;
}
