using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>The last lines that went out, by which the place is found again.</summary>
/// <param name="mark">What the reader had before.</param>
internal sealed class RecentLines(LogMark? mark)
{
    private readonly List<LogLine> lines = [];

    /// <summary>The container that wrote them; null before the first.</summary>
    public string? Container { get; private set; }

    public LogMark? Mark => LogMark.OfLast(lines) ?? mark;

    public void Add(string? container, IReadOnlyList<LogLine> more)
    {
        if (container != Container)
            lines.Clear();
        Container = container;
        for (var at = Math.Max(0, more.Count - LogMark.Most); at < more.Count; at++)
            lines.Add(more[at]);
        if (lines.Count > LogMark.Most)
            lines.RemoveRange(0, lines.Count - LogMark.Most);
    }
}
