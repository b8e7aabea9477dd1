using System.Globalization;
using System.Text;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>
/// Makes lines out of the engine's time-stamped messages and remembers where it is. A message is a frame that begins with its time stamp; a line longer
/// than the log driver's 16 KB comes as several messages, of which only the last has a line end. After a break the engine is asked from the last time
/// stamp on, and what has been seen already is left out here.
/// </summary>
internal sealed class LogCursor
{
    private const int LongestLine = 16 * 1024;

    /// <summary>Nine digits of a second, always: two stamps compare as text.</summary>
    private const int StampLength = 30;

    private readonly PendingLine standard = new();
    private readonly PendingLine error = new();
    private string last = "";

    /// <summary>Where to go on: for the engine's "since"; null when nothing has been seen.</summary>
    public string? Since => last.Length == 0 ? null : ToUnix(last);

    /// <summary>The line that a message ends; null when it is one that was seen, or goes on.</summary>
    public LogLine? Take(Frame frame)
    {
        var bytes = frame.Bytes.Span;
        if (bytes.Length <= StampLength || bytes[StampLength] != (byte)' ')
            return null;

        var stamp = Encoding.ASCII.GetString(bytes[..StampLength]);
        if (!DateTimeOffset.TryParse(stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) || string.CompareOrdinal(stamp, last) <= 0 && IsResuming)
            return null;

        IsResuming = false;
        last = stamp;
        var pending = frame.IsError ? error : standard;
        var text = bytes[(StampLength + 1)..];
        if (!text.EndsWith("\n"u8))
        {
            pending.Add(text, LongestLine);
            return null;
        }

        pending.Add(text[..^1], LongestLine);
        return new LogLine(at, pending.Take(), frame.IsError);
    }

    /// <summary>From here the engine repeats what it has sent: everything up to the last stamp is left out.</summary>
    public void Resume()
    {
        IsResuming = last.Length > 0;
        standard.Clear();
        error.Clear();
    }

    private bool IsResuming { get; set; }

    private static string ToUnix(string stamp)
    {
        // The engine takes seconds with nine digits behind the dot; our own time type holds seven.
        var second = DateTimeOffset.Parse(stamp.AsSpan(0, 19), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return string.Create(CultureInfo.InvariantCulture, $"{second.ToUnixTimeSeconds()}.{stamp.AsSpan(20, 9)}");
    }

    /// <summary>The beginning of a line whose end has not come.</summary>
    private sealed class PendingLine
    {
        private readonly List<byte> bytes = [];
        private bool cut;

        public void Add(ReadOnlySpan<byte> more, int limit)
        {
            var room = Math.Max(0, limit - bytes.Count);
            cut |= more.Length > room;
            bytes.AddRange(more[..Math.Min(room, more.Length)]);
        }

        public string Take()
        {
            var text = Encoding.UTF8.GetString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(bytes));
            if (cut)
                text = text.TrimEnd('\uFFFD') + "…";

            Clear();
            return text.TrimEnd('\r');
        }

        public void Clear()
        {
            bytes.Clear();
            cut = false;
        }
    }
}
