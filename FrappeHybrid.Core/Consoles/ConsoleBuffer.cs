using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Core.Consoles;

/// <summary>
/// The last lines of one stream, shared by all its viewers. Entries are numbered for ever; a viewer is only a position in it. So a new viewer gets the last lines
/// and everything after them in one reading, a slow one finds its position gone and knows how many lines it missed, and nobody waits for anybody.
/// </summary>
internal sealed class ConsoleBuffer(int maximumEntries, long maximumCharacters)
{
    private const int BatchEntries = 1000;
    private const int BatchCharacters = 256 * 1024;

    private readonly Lock gate = new();
    private readonly Queue<Entry> entries = new();
    private TaskCompletionSource changed = NewSignal();
    private long baseNumber;
    private long characters;
    private long version;
    private ConsoleConnection connection = ConsoleConnection.Connecting;

    public void Add(IReadOnlyList<LogLine> lines, string? notice)
    {
        if (lines.Count == 0 && notice is null)
            return;
        lock (gate)
        {
            if (notice is not null)
                Append(new Entry(null, notice));
            foreach (var line in lines)
                Append(new Entry(line, null));
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
                Append(new Entry(null, notice));
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
            long skipped = 0;
            if (cursor.Next < baseNumber)
            {
                skipped = cursor.IsNew ? 0 : baseNumber - cursor.Next;
                cursor.Next = baseNumber;
            }

            var lines = new List<LogLine>();
            string? notice = null;
            var size = 0;
            foreach (var entry in entries.Skip((int)(cursor.Next - baseNumber)).Take(BatchEntries))
            {
                // A notice stands before the lines of its batch: one that comes later begins the next batch.
                if (entry.Notice is not null && (lines.Count > 0 || notice is not null))
                    break;
                if (size > BatchCharacters)
                    break;
                if (entry.Line is { } line)
                {
                    lines.Add(line);
                    size += line.Text.Length;
                }
                else
                {
                    notice = entry.Notice;
                }

                cursor.Next++;
            }

            cursor.IsNew = false;
            if (cursor.Next == baseNumber + entries.Count)
                cursor.Version = version;
            return new ConsoleBatch(lines, notice, skipped, connection);
        }
    }

    /// <summary>Ends when there is something after the cursor.</summary>
    public Task ChangedAsync(ConsoleCursor cursor)
    {
        lock (gate)
            return cursor.Version == version ? changed.Task : Task.CompletedTask;
    }

    private void Append(Entry entry)
    {
        entries.Enqueue(entry);
        characters += entry.Size;
        while (entries.Count > maximumEntries || characters > maximumCharacters)
        {
            characters -= entries.Dequeue().Size;
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

    private readonly record struct Entry(LogLine? Line, string? Notice)
    {
        public int Size => Line?.Text.Length ?? Notice?.Length ?? 0;
    }
}

/// <summary>Where one viewer is in a <see cref="ConsoleBuffer"/>.</summary>
internal sealed class ConsoleCursor
{
    public long Next { get; set; }

    /// <summary>The buffer's version that was read to its end; -1 for none.</summary>
    public long Version { get; set; } = -1;

    /// <summary>Has read nothing yet: what was dropped before it came is not missed.</summary>
    public bool IsNew { get; set; } = true;
}
