using System.Globalization;

namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>
/// A line that both sides know: its time, and what it and the lines before it say. Two readings of one output give a line slightly different times (the engine's, or the moment
/// at which the Agent got it), so that a time alone finds no place; a line with its neighbours does.
/// </summary>
/// <param name="At">When the line was written, as its reader saw it.</param>
/// <param name="Line">A digest of the line.</param>
/// <param name="Count">Of how many lines <see cref="Lines"/> is, this one included; at most <see cref="Most"/>.</param>
/// <param name="Lines">A digest of the line and those before it.</param>
public sealed record LogMark(DateTimeOffset At, uint Line, int Count, uint Lines)
{
    /// <summary>So many lines make a place certain.</summary>
    public const int Most = 4;

    /// <summary>Two times of one line differ by less than this; the engine may lag when a container writes much.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);

    /// <summary>The mark of the last of these lines; null when there are none.</summary>
    public static LogMark? OfLast(IReadOnlyList<LogLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.Count == 0 ? null : new LogMark(lines[^1].At, Digest(lines[^1]), Math.Min(Most, lines.Count), Digest(lines, lines.Count - 1, Math.Min(Most, lines.Count)));
    }

    /// <summary>The mark of that text; null for any other text.</summary>
    public static LogMark? Parse(string? text)
    {
        var parts = (text ?? "").Split('-');
        return parts.Length == 4
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds)
            && microseconds < DateTimeOffset.MaxValue.Ticks / 10 - DateTimeOffset.UnixEpoch.Ticks / 10
            && uint.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= Most
            && uint.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var lines)
                ? new LogMark(FromMicroseconds(microseconds), line, count, lines)
                : null;
    }

    /// <summary>Where in these lines the marked one is; -1 when it is not among them.</summary>
    public int FindIn(IReadOnlyList<LogLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var (best, bestIsSure, bestApart) = (-1, false, TimeSpan.MaxValue);
        for (var at = lines.Count - 1; at >= 0; at--)
        {
            var apart = (lines[at].At - At).Duration();
            if (apart > Apart)
            {
                if (lines[at].At < At)
                    break;
                continue;
            }

            if (Digest(lines[at]) != Line)
                continue;
            var isSure = at + 1 >= Count && Digest(lines, at, Count) == Lines;
            if ((isSure && !bestIsSure) || (isSure == bestIsSure && apart < bestApart))
                (best, bestIsSure, bestApart) = (at, isSure, apart);
        }

        return best;
    }

    /// <summary>The first line after the mark: after the marked one, or after its time when it is not among them. Whether it is, says <paramref name="isKnown"/>.</summary>
    public int After(IReadOnlyList<LogLine> lines, out bool isKnown)
    {
        var found = FindIn(lines);
        isKnown = found >= 0;
        if (isKnown)
            return found + 1;
        var next = 0;
        while (next < lines.Count && lines[next].At <= At)
            next++;
        return next;
    }

    /// <summary>Microseconds since 1970: what a browser's numbers can hold exactly.</summary>
    public static long ToMicroseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;

    /// <summary>The other way.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * 10);

    /// <summary>FNV-1a of a line and of where it was written to. What is no character is left out: readers replace it differently.</summary>
    public static uint Digest(LogLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var digest = line.IsError ? 2166136279u : 2166136261u;
        foreach (var character in line.Text)
        {
            if (character != '\uFFFD')
                digest = (digest ^ character) * 16777619;
        }

        return digest;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, ToMicroseconds(At))}-{Line}-{Count}-{Lines}");

    private static uint Digest(IReadOnlyList<LogLine> lines, int last, int count)
    {
        var digest = 0u;
        for (var at = last - count + 1; at <= last; at++)
            digest = (digest * 31) + Digest(lines[at]);
        return digest;
    }
}
