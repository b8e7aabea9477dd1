using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Core.Consoles;

/// <summary>
/// The last lines of one stream, shared by all its viewers. Entries are numbered for ever; a viewer is only a position in it. So a new viewer gets the last lines
/// and everything after them in one reading, a slow one finds its position gone and knows how many lines it missed, and nobody waits for anybody.
/// </summary>
internal sealed class ConsoleBuffer(string epoch, int maximumEntries = ConsoleBuffer.MaximumEntries, long maximumCharacters = ConsoleBuffer.MaximumCharacters)
{
    /// <summary>What a new viewer sees of the past.</summary>
    public const int FirstLines = 1_000;

    private const int MaximumEntries = 20_000;
    private const long MaximumCharacters = 4 * 1024 * 1024;
    private const int BatchEntries = 1_000;
    private const int BatchCharacters = 256 * 1024;

    private readonly Lock gate = new();
    private readonly EntryRing entries = new();
    private TaskCompletionSource changed = NewSignal();
    private long baseNumber;
    private long characters;
    private long version;
    private bool hasBegun;
    private ConsoleConnection connection = ConsoleConnection.Connecting;

    /// <summary>The last line that is in it; null before the first.</summary>
    public LogMark? Last
    {
        get
        {
            lock (gate)
                return MarkBefore(baseNumber + entries.Count);
        }
    }

    /// <summary>More of the stream; the first call, also an empty one, says that the past is complete.</summary>
    public void Add(IReadOnlyList<ConsoleLine> lines, string? notice, long skipped = 0)
    {
        lock (gate)
        {
            if (hasBegun && lines.Count == 0 && notice is null && skipped == 0)
                return;
            hasBegun = true;
            if (skipped > 0)
                Append(new ConsoleEntry(null, null, skipped));
            if (notice is not null)
                Append(new ConsoleEntry(null, notice, 0));
            foreach (var line in lines)
                Append(new ConsoleEntry(line, null, 0));
            Pulse();
        }
    }

    public void Set(ConsoleConnection next, string? notice)
    {
        lock (gate)
        {
            if (connection == next && notice is null)
                return;
            connection = next;
            if (notice is not null)
                Append(new ConsoleEntry(null, notice, 0));
            Pulse();
        }
    }

    /// <summary>What comes after the cursor, which moves on; null when there is nothing new.</summary>
    public ConsoleBatch? Read(ConsoleCursor cursor)
    {
        lock (gate)
        {
            if (cursor.Version == version)
                return null;
            var isReset = false;
            if (!cursor.IsPlaced && (hasBegun || cursor.Wanted?.Epoch == epoch))
                isReset = Place(cursor);
            var skipped = Math.Max(0, baseNumber - cursor.Next);
            cursor.Next += skipped;
            var (lines, notice) = (new List<ConsoleLine>(), (string?)null);
            var size = 0;
            for (var at = (int)(cursor.Next - baseNumber); at < entries.Count && lines.Count < BatchEntries && size <= BatchCharacters; at++)
            {
                // What is no line stands before the lines of its batch: one that comes later begins the next batch.
                var entry = entries[at];
                if (entry.Line is null && (lines.Count > 0 || notice is not null || (entry.Skipped > 0 && skipped > 0)))
                    break;
                if (entry.Line is not null)
                    lines.Add(entry.Line);
                notice = entry.Notice ?? notice;
                skipped += entry.Skipped;
                size += entry.Size;
                cursor.Next++;
            }

            if (cursor.Next == baseNumber + entries.Count)
                cursor.Version = version;
            return new ConsoleBatch(lines, notice, skipped, connection, new ConsolePosition(epoch, cursor.Next, MarkBefore(cursor.Next)), isReset);
        }
    }

    /// <summary>Ends when there is something after the cursor.</summary>
    public Task ChangedAsync(ConsoleCursor cursor)
    {
        lock (gate)
            return cursor.Version == version ? changed.Task : Task.CompletedTask;
    }

    /// <summary>Gives a viewer its place: where it was, or the last lines. True when it was somewhere that is not there any more.</summary>
    private bool Place(ConsoleCursor cursor)
    {
        cursor.IsPlaced = true;
        var end = baseNumber + entries.Count;
        if (cursor.Wanted is { } wanted)
        {
            if (wanted.Epoch == epoch && wanted.Number <= end)
            {
                cursor.Next = wanted.Number;
                return false;
            }

            if (wanted.Mark is { } mark && Find(mark) is { } found)
            {
                cursor.Next = found + 1;
                return false;
            }
        }

        cursor.Next = Math.Max(Math.Max(baseNumber, end - FirstLines), cursor.Next);
        return cursor.Wanted?.Mark is not null;
    }

    private long? Find(LogMark mark)
    {
        var (lines, numbers) = (new List<LogLine>(entries.Count), new List<long>(entries.Count));
        for (var at = 0; at < entries.Count; at++)
        {
            if (entries[at].Line is not { } line)
                continue;
            lines.Add(line.Line);
            numbers.Add(baseNumber + at);
        }

        var found = mark.FindIn(lines);
        return found < 0 ? null : numbers[found];
    }

    private LogMark? MarkBefore(long number)
    {
        var lines = new List<LogLine>(LogMark.Most);
        for (var at = (int)Math.Min(number - baseNumber, entries.Count) - 1; at >= 0 && lines.Count < LogMark.Most; at--)
        {
            if (entries[at].Line is { } line)
                lines.Add(line.Line);
        }

        lines.Reverse();
        return LogMark.OfLast(lines);
    }

    private void Append(ConsoleEntry entry)
    {
        entries.Add(entry);
        characters += entry.Size;
        while (entries.Count > maximumEntries || characters > maximumCharacters)
        {
            characters -= entries.RemoveFirst().Size;
            baseNumber++;
        }
    }

    private void Pulse()
    {
        version++;
        changed.SetResult();
        changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
