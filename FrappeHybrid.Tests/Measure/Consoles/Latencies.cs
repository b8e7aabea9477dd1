namespace FrappeHybrid.Tests.Measure.Consoles;

/// <summary>How long lines took, by the millisecond: millions of them in a few kilobytes.</summary>
internal sealed class Latencies
{
    private readonly long[] counts = new long[10_000];

    public long Count { get; private set; }

    public void Add(double milliseconds, long lines = 1)
    {
        counts[(int)Math.Clamp(Math.Round(milliseconds), 0, counts.Length - 1)] += lines;
        Count += lines;
    }

    public void Add(Latencies others)
    {
        for (var at = 0; at < counts.Length; at++)
            counts[at] += others.counts[at];
        Count += others.Count;
    }

    public void Forget()
    {
        Array.Clear(counts);
        Count = 0;
    }

    /// <summary>So long took that part of the lines, at most.</summary>
    public double At(double part)
    {
        var (passed, wanted) = (0L, Count * part);
        for (var at = 0; at < counts.Length; at++)
        {
            passed += counts[at];
            if (passed > 0 && passed >= wanted)
                return at;
        }

        return 0;
    }
}
