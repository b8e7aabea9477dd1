using System.Globalization;

namespace FrappeHybrid.Agent.Metrics;

/// <summary>Reads the kernel's texts under /proc.</summary>
internal static class ProcText
{
    // user nice system idle iowait irq softirq steal; guest and guest_nice, behind them, are part of user and nice already.
    private const int Columns = 8;
    private const int Idle = 3;
    private const int WaitsForDisk = 4;

    /// <summary>Bytes by name, from lines like "MemTotal:       24684376 kB".</summary>
    public static IReadOnlyDictionary<string, long> Memory(IEnumerable<string> lines)
    {
        var values = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var words = line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 3 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes))
                values[words[0]] = kilobytes * 1024;
        }

        return values;
    }

    /// <summary>The line "cpu  4705 356 584 3699 23 23 0 0 0 0" of /proc/stat: all processors together. Nothing from another text.</summary>
    public static ProcessorTime Processors(string line)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length <= WaitsForDisk + 1 || words[0] != "cpu")
            return default;

        long total = 0, rest = 0;
        foreach (var (column, word) in words.Skip(1).Take(Columns).Index())
        {
            if (!long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks))
                return default;

            total += ticks;
            rest += column is Idle or WaitsForDisk ? ticks : 0;
        }

        return new ProcessorTime(total - rest, total);
    }
}
