using System.Buffers;
using System.Text;

namespace FrappeHybrid.Agent.Docker;

/// <summary>
/// Makes lines out of bytes that come in pieces of any size. A line ends at \n, and at \r too, because bench draws its progress by going back to the
/// start of the line. Bytes become text only when the line is whole, so that a character split between two pieces is not broken.
/// </summary>
/// <param name="onLine">Gets each line without its end; empty lines are left out.</param>
/// <param name="longestLine">Longer lines are cut here, with "…" at the end.</param>
internal sealed class LineAssembler(Action<string> onLine, int longestLine = 16 * 1024)
{
    private readonly ArrayBufferWriter<byte> pending = new();
    private bool cut;

    /// <summary>Takes the next piece.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            Keep(end < 0 ? bytes : bytes[..end]);
            if (end < 0)
                return;

            Flush();
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Gives what has no line end: the last line, or a prompt.</summary>
    public void Flush()
    {
        if (pending.WrittenCount == 0)
            return;

        var text = Encoding.UTF8.GetString(pending.WrittenSpan);
        pending.ResetWrittenCount();
        onLine(cut ? text.TrimEnd('\uFFFD') + "…" : text);
        cut = false;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var room = longestLine - pending.WrittenCount;
        if (bytes.Length > room)
        {
            bytes = bytes[..Math.Max(room, 0)];
            cut = true;
        }

        pending.Write(bytes);
    }
}
