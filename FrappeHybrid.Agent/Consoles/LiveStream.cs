using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>
/// One of a container's two outputs, from its log over to what `attach` gives. The first live line is looked up in the log, which alone knows its neighbours: lines of the log
/// before it that were not sent yet are sent, and what was sent already from the log is left out of the live part.
/// </summary>
/// <param name="log">The container's log.</param>
/// <param name="isError">Which of the two.</param>
/// <param name="begin">Before the live part was opened: whatever comes by it has been logged later.</param>
/// <param name="time">Now.</param>
internal sealed class LiveStream(ContainerLog log, bool isError, DateTimeOffset begin, TimeProvider time)
{
    private const int Certain = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly LineCutter cutter = new();
    private readonly List<string> texts = [];
    private DateTimeOffset sentUntil;
    private int sentThen;
    private int surplus;
    private bool isStitched;
    private DateTimeOffset last;

    /// <summary>These lines of the log were sent.</summary>
    public void Sent(IReadOnlyList<LogLine> history)
    {
        foreach (var line in history.Where(line => line.IsError == isError))
        {
            sentThen = line.At == sentUntil ? sentThen + 1 : 1;
            last = sentUntil = line.At;
        }
    }

    /// <summary>The lines that end in a piece, without those that were sent already, with those that the log has before them.</summary>
    /// <returns>The lines, and how many are missing before them.</returns>
    public async ValueTask<(List<LogLine> Lines, long Skipped)> TakeAsync(OutputChunk chunk, CancellationToken cancel)
    {
        texts.Clear();
        if (chunk.IsAfterGap)
            cutter.Forget();
        cutter.Cut(chunk.Bytes, texts);
        var skipped = chunk.Skipped;
        if (chunk.IsWithinLine && texts.Count > 0)
        {
            texts.RemoveAt(0);
            skipped++;
        }

        return (await StitchAsync(chunk.At, cancel), skipped);
    }

    /// <summary>The last line, when it has no end and nothing more comes.</summary>
    public async ValueTask<List<LogLine>> EndAsync(CancellationToken cancel)
    {
        texts.Clear();
        if (cutter.Rest() is { } rest)
            texts.Add(rest);
        return await StitchAsync(time.GetUtcNow(), cancel);
    }

    private async ValueTask<List<LogLine>> StitchAsync(DateTimeOffset at, CancellationToken cancel)
    {
        var lines = new List<LogLine>(texts.Count);
        if (texts.Count == 0)
            return lines;
        if (!isStitched)
        {
            await FindAsync(lines, cancel);
            isStitched = true;
        }

        // A moment never lies before that of the line before.
        last = at > last ? at : last;
        var from = Math.Min(surplus, texts.Count);
        surplus -= from;
        for (var each = from; each < texts.Count; each++)
            lines.Add(new LogLine(last, texts[each], isError));
        return lines;
    }

    private async Task FindAsync(List<LogLine> missing, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            // The log comes a little later than the live part: until the line is in it.
            var logged = await log.SinceAsync(begin, isError, cancel);
            var found = Find([.. logged.Select(line => line.Text)], texts);
            if (found >= 0)
            {
                // The engine's times are the same at each reading: up to here the log was sent, or is older than what was asked for.
                var sent = logged.Count(line => line.At < sentUntil) + Math.Min(sentThen, logged.Count(line => line.At == sentUntil));
                missing.AddRange(logged.Skip(sent).Take(Math.Max(0, found - sent)));
                surplus = Math.Max(0, sent - found);

                // The live part may have begun within a line.
                texts[0] = logged[found].Text;
                return;
            }

            if (time.GetElapsedTime(began) >= Patience)
                return;
            await Task.Delay(Look, time, cancel);
        }
    }

    /// <summary>Where in the log the first live line is; -1 when it is not.</summary>
    internal static int Find(IReadOnlyList<string> logged, IReadOnlyList<string> live)
    {
        var whole = Find(logged, live, isWhole: true);
        return whole >= 0 ? whole : Find(logged, live, isWhole: false);
    }

    private static int Find(IReadOnlyList<string> logged, IReadOnlyList<string> live, bool isWhole)
    {
        for (var at = 0; at < logged.Count; at++)
        {
            if (!IsSame(logged[at], live[0], isWhole))
                continue;
            var same = 1;
            while (same < Math.Min(live.Count, Certain) && at + same < logged.Count && IsSame(logged[at + same], live[same], isWhole: true))
                same++;
            if (same == Math.Min(live.Count, Certain) || at + same == logged.Count)
                return at;
        }

        return -1;
    }

    // What is no character is replaced by one or several, differently here and in the engine.
    private static bool IsSame(string logged, string live, bool isWhole)
    {
        if (logged == live)
            return true;
        var (one, other) = (Plain(logged), Plain(live));
        return isWhole ? one == other : other.Length > 0 && one.EndsWith(other, StringComparison.Ordinal);
    }

    private static string Plain(string text) => text.Contains('\uFFFD', StringComparison.Ordinal) ? text.Replace("\uFFFD", "", StringComparison.Ordinal) : text;
}
