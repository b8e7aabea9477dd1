using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Core.Consoles;

/// <summary>A line in a console; one for all its viewers.</summary>
/// <param name="line">As the server wrote it.</param>
/// <param name="service">Which service wrote it, in a console that joins several; null otherwise.</param>
public sealed class ConsoleLine(LogLine line, BenchService? service)
{
    private string? shown;
    private uint? digest;

    /// <summary>As the server wrote it: hostile text.</summary>
    public LogLine Line => line;

    /// <summary>Which service wrote it, in a console that joins several.</summary>
    public BenchService? Service => service;

    /// <summary>By which the line is known again: see <see cref="LogMark"/>.</summary>
    public uint Digest => digest ??= LogMark.Digest(line);

    /// <summary>The text made harmless; made once, however many watch.</summary>
    public string Shown(Func<string, string> clean)
    {
        ArgumentNullException.ThrowIfNull(clean);
        return shown ??= clean(line.Text);
    }
}
