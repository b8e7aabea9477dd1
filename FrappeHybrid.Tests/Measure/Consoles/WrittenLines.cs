using System.Buffers.Text;

namespace FrappeHybrid.Tests.Measure.Consoles;

/// <summary>Finds in any bytes the lines that writer.py wrote: "w", when in milliseconds, a number.</summary>
internal static class WrittenLines
{
    private const int StampLength = 13;

    /// <summary>Notes how old each line is now.</summary>
    public static void Take(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> begin, Latencies latencies)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        while (bytes.IndexOf(begin) is >= 0 and var at)
        {
            bytes = bytes[(at + begin.Length)..];
            if (bytes.Length > StampLength && Utf8Parser.TryParse(bytes[..StampLength], out long stamp, out _))
                latencies.Add(now - stamp);
        }
    }
}
