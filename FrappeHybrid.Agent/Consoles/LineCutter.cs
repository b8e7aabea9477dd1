using System.Buffers;
using System.Text;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>Cuts one stream of bytes into lines, however it comes in pieces. Bytes become text only when the line is whole, so that no character is broken.</summary>
internal sealed class LineCutter
{
    private const int LongestLine = 16 * 1024;

    private readonly ArrayBufferWriter<byte> pending = new();
    private bool isTooLong;

    /// <summary>Adds the lines that end in this piece.</summary>
    public void Cut(ReadOnlySpan<byte> bytes, List<string> lines)
    {
        while (true)
        {
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0)
                break;
            if (pending.WrittenCount == 0 && end <= LongestLine)
            {
                lines.Add(Text(bytes[..end], isCut: false));
            }
            else
            {
                Keep(bytes[..end]);
                lines.Add(TakePending());
            }

            bytes = bytes[(end + 1)..];
        }

        Keep(bytes);
    }

    /// <summary>What has no line end, when nothing more comes; null when there is nothing.</summary>
    public string? Rest() => pending.WrittenCount == 0 ? null : TakePending();

    /// <summary>The beginning of a line whose end never came.</summary>
    public void Forget()
    {
        pending.ResetWrittenCount();
        isTooLong = false;
    }

    private string TakePending()
    {
        var text = Text(pending.WrittenSpan, isTooLong);
        Forget();
        return text;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var room = LongestLine - pending.WrittenCount;
        isTooLong |= bytes.Length > room;
        pending.Write(bytes[..Math.Min(Math.Max(room, 0), bytes.Length)]);
    }

    private static string Text(ReadOnlySpan<byte> bytes, bool isCut)
    {
        if (isCut)
            return Encoding.UTF8.GetString(bytes).TrimEnd('\uFFFD') + "…";
        return Encoding.UTF8.GetString(bytes is [.. var before, (byte)'\r'] ? before : bytes);
    }
}
