using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>Pages of the past. A source is read from its end; only when the wanted place is not in it, more of it is read.</summary>
internal sealed class LogPast(LogReader read)
{
    /// <summary>So many lines are sent at most to a reader that was away.</summary>
    public const int MostMissed = 20_000;

    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(5);
    private static readonly int?[] Depths = [4_000, 40_000, null];

    /// <summary>The lines after a mark, or the last ones; at most so many.</summary>
    /// <returns>The lines, and whether there may be others between the mark and them.</returns>
    public async Task<(IReadOnlyList<LogLine> Lines, bool HasGap)> SinceAsync(int tail, LogMark? after, CancellationToken cancel)
    {
        if (after is null)
            return (await TailAsync(tail, cancel), false);
        for (var depth = 1_000; ; depth = MostMissed)
        {
            var lines = await TailAsync(depth, cancel);
            var next = after.After(lines, out var isKnown);
            if (isKnown || lines.Count < depth || lines[0].At < after.At - Apart)
                return ([.. lines.Skip(next)], false);
            if (depth == MostMissed)
                return (lines, true);
        }
    }

    /// <summary>The lines before a mark, or the last ones.</summary>
    public async Task<LogPage> BeforeAsync(LogMark? mark, int count, CancellationToken cancel)
    {
        if (mark is null)
        {
            var last = await TailAsync(count, cancel);
            return new LogPage(last, last.Count < count);
        }

        foreach (var depth in Depths)
        {
            var page = await BeforeAsync(mark, count, depth, cancel);
            if (page.Length == count || depth is null)
                return new LogPage(page, page.Length < count);
        }

        throw new InvalidOperationException("The last depth is the whole log.");
    }

    /// <summary>The lines after a mark.</summary>
    public async Task<LogPage> AfterAsync(LogMark mark, int count, CancellationToken cancel)
    {
        foreach (var depth in Depths)
        {
            if (await AfterAsync(mark, count, depth, cancel) is { } page)
                return page;
        }

        throw new InvalidOperationException("The last depth is the whole log.");
    }

    private async Task<LogLine[]> BeforeAsync(LogMark mark, int count, int? depth, CancellationToken cancel)
    {
        var recent = new Queue<LogLine>(count + 1);
        LogLine[]? byTime = null;
        LogLine[]? best = null;
        var bestApart = TimeSpan.MaxValue;
        await foreach (var line in read(depth, null, mark.At + Apart, cancel))
        {
            if (line.At > mark.At + Apart)
                break;
            if (line.At >= mark.At)
                byTime ??= [.. recent];
            var apart = (line.At - mark.At).Duration();
            if (apart <= Apart && apart < bestApart && LogMark.Digest(line) == mark.Line)
                (best, bestApart) = ([.. recent], apart);
            if (best is not null && line.At - mark.At > bestApart)
                break;
            recent.Enqueue(line);
            if (recent.Count > count)
                recent.Dequeue();
        }

        return best ?? byTime ?? [.. recent];
    }

    private async Task<LogPage?> AfterAsync(LogMark mark, int count, int? depth, CancellationToken cancel)
    {
        var following = new List<LogLine>();
        var bestApart = TimeSpan.MaxValue;
        var (isFound, isCovered, hasMore) = (false, depth is null, false);
        await foreach (var line in read(depth, null, null, cancel))
        {
            var apart = (line.At - mark.At).Duration();
            isCovered |= line.At < mark.At - Apart;
            if (apart <= Apart && apart < bestApart && LogMark.Digest(line) == mark.Line)
            {
                (isFound, bestApart) = (true, apart);
                following.Clear();
                continue;
            }

            if (!isFound && line.At <= mark.At)
                continue;
            hasMore = following.Count == count;
            if (hasMore && line.At > mark.At + Apart)
                break;
            if (!hasMore)
                following.Add(line);
        }

        return isFound || isCovered ? new LogPage(following, !hasMore) : null;
    }

    private async Task<List<LogLine>> TailAsync(int count, CancellationToken cancel)
    {
        var lines = new List<LogLine>(Math.Min(count, 1_000));
        await foreach (var line in read(count, null, null, cancel))
            lines.Add(line);
        return lines;
    }
}
