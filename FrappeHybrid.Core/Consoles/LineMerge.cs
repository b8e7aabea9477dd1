namespace FrappeHybrid.Core.Consoles;

/// <summary>
/// Joins several streams by time. Each comes in its own order and a little late: a line is held back for a moment, so that an earlier one of another stream can still
/// come before it.
/// </summary>
/// <param name="count">How many streams.</param>
/// <param name="time">Now.</param>
internal sealed class LineMerge(int count, TimeProvider time)
{
    /// <summary>So long a line waits for earlier ones.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromMilliseconds(200);

    /// <summary>So long all wait for the past of a stream that does not come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Lock gate = new();
    private readonly List<(ConsoleLine Line, long Arrived)> held = [];
    private readonly List<(string? Notice, long Skipped)> said = [];
    private readonly ConsoleConnection?[] connections = new ConsoleConnection?[count];
    private readonly bool[] hasBegun = new bool[count];
    private readonly long started = time.GetTimestamp();
    private bool isOpen;

    /// <summary>How the streams are together: live when all are; null before the first said anything.</summary>
    public ConsoleConnection? Connection
    {
        get
        {
            lock (gate)
            {
                if (Array.Exists(connections, each => each is ConsoleConnection.Reconnecting))
                    return ConsoleConnection.Reconnecting;
                return Array.TrueForAll(connections, each => each is ConsoleConnection.Live) ? ConsoleConnection.Live : null;
            }
        }
    }

    public void Add(int stream, IReadOnlyList<ConsoleLine> lines, string? notice, long skipped, ConsoleConnection connection)
    {
        lock (gate)
        {
            connections[stream] = connection;
            hasBegun[stream] |= lines.Count > 0 || connection is ConsoleConnection.Live;
            if (notice is not null || skipped > 0)
                said.Add((notice, skipped));
            var now = time.GetTimestamp();
            held.AddRange(lines.Select(line => (line, now)));
        }
    }

    /// <summary>What was said since the last time, and what is missing.</summary>
    public IReadOnlyList<(string? Notice, long Skipped)> TakeSaid()
    {
        lock (gate)
        {
            (string?, long)[] taken = [.. said];
            said.Clear();
            return taken;
        }
    }

    /// <summary>The lines that have waited long enough, by time; null while the past of the streams is not complete.</summary>
    public IReadOnlyList<ConsoleLine>? TakeLines()
    {
        lock (gate)
        {
            isOpen |= Array.TrueForAll(hasBegun, each => each) || time.GetElapsedTime(started) >= Patience;
            if (!isOpen)
                return null;

            // All that are not later than the latest that has waited.
            var ripe = held.Where(each => time.GetElapsedTime(each.Arrived) >= Hold).Select(each => each.Line.Line.At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
            if (ripe == DateTimeOffset.MinValue)
                return [];
            var taken = held.Where(each => each.Line.Line.At <= ripe).Select(each => each.Line).OrderBy(line => line.Line.At).ToList();
            held.RemoveAll(each => each.Line.Line.At <= ripe);
            return taken;
        }
    }
}
