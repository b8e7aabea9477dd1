using System.Globalization;
using System.Text;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>
/// Makes lines out of the engine's time-stamped messages. A message is a frame that begins with its time stamp; a line longer than the log driver's 16 KB comes as several
/// messages, of which only the last has a line end.
/// </summary>
internal sealed class LogCursor
{
    /// <summary>Nine digits of a second, always.</summary>
    private const int StampLength = 30;

    private readonly LineCutter standard = new();
    private readonly LineCutter error = new();
    private readonly List<string> texts = [];

    /// <summary>The line that a message ends; null when it goes on.</summary>
    public LogLine? Take(Frame frame)
    {
        var bytes = frame.Bytes.Span;
        if (bytes.Length <= StampLength || bytes[StampLength] != (byte)' ')
            return null;
        if (!DateTimeOffset.TryParse(Encoding.ASCII.GetString(bytes[..StampLength]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return null;

        texts.Clear();
        (frame.IsError ? error : standard).Cut(bytes[(StampLength + 1)..], texts);
        return texts.Count == 0 ? null : new LogLine(at, texts[0], frame.IsError);
    }
}
