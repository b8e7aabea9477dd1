using System.Globalization;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Tests.Agent.Consoles;

/// <summary>Lines in memory that are read as a source is.</summary>
internal sealed class MemoryLog(IReadOnlyList<LogLine> lines)
{
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 20, 0, 0, TimeSpan.Zero);

    /// <summary>How many lines were given out.</summary>
    public int Read { get; private set; }

    /// <summary>Numbered lines, three to each millisecond.</summary>
    public static LogLine[] Numbered(int from, int count) => [.. Enumerable.Range(from, count).Select(number => new LogLine(Start.AddMilliseconds(number / 3), Text(number), false))];

    public static string Text(int number) => string.Create(CultureInfo.InvariantCulture, $"line {number}");

    public async IAsyncEnumerable<LogLine> ReadAsync(int? tail, DateTimeOffset? from, DateTimeOffset? to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await Task.Yield();
        foreach (var line in lines.TakeLast(tail ?? int.MaxValue).Where(line => (from is null || line.At >= from) && (to is null || line.At <= to)))
        {
            cancel.ThrowIfCancellationRequested();
            Read++;
            yield return line;
        }
    }
}
