using System.Globalization;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Portal.Consoles;

/// <summary>
/// How far a viewer has read: the time of its last line, and how many lines of that very time it has. Numbers of lines would begin anew with each stream,
/// the engine's times do not: a browser that comes back, also to a restarted portal, gets what it lacks and nothing twice.
/// </summary>
public sealed class ConsolePlace
{
    private readonly long startTicks;
    private readonly int startCount;
    private long ticks;
    private int count;
    private int seenAtStart;
    private bool isCatchingUp;

    private ConsolePlace(long ticks, int count)
    {
        startTicks = this.ticks = ticks;
        startCount = this.count = count;
        isCatchingUp = ticks > 0;
    }

    /// <summary>Of a text made by <see cref="ToString"/>; the beginning for any other text.</summary>
    public static ConsolePlace Parse(string? text)
    {
        var parts = (text ?? "").Split('.', 2);
        return parts.Length == 2
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                ? new ConsolePlace(ticks, count)
                : new ConsolePlace(0, 0);
    }

    /// <summary>The lines that the viewer has not had; the place moves behind them.</summary>
    public IReadOnlyList<LogLine> Take(IReadOnlyList<LogLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var fresh = new List<LogLine>(lines.Count);
        foreach (var line in lines)
        {
            if (isCatchingUp && WasSeen(line))
                continue;
            fresh.Add(line);
            count = line.At.UtcTicks == ticks ? count + 1 : 1;
            ticks = line.At.UtcTicks;
        }

        return fresh;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ticks}.{count}");

    private bool WasSeen(LogLine line)
    {
        if (line.At.UtcTicks < startTicks)
            return true;
        if (line.At.UtcTicks == startTicks && seenAtStart < startCount)
        {
            seenAtStart++;
            return true;
        }

        isCatchingUp = false;
        return false;
    }
}
