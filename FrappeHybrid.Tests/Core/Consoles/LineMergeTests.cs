using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Tests.Core.Support;
using Xunit;

namespace FrappeHybrid.Tests.Core.Consoles;

/// <summary>Several streams joined by time, though each comes a little late.</summary>
public sealed class LineMergeTests
{
    private readonly FakeTime time = new();

    [Fact]
    public void Lines_come_by_their_time_and_not_by_their_arrival()
    {
        var merge = new LineMerge(2, time);
        merge.Add(0, [Line(1), Line(5), Line(9)], null, 0, ConsoleConnection.Live);
        time.Advance(TimeSpan.FromMilliseconds(100));
        merge.Add(1, [Line(2), Line(6)], null, 0, ConsoleConnection.Live);
        Assert.Empty(merge.TakeLines()!);

        time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal([1, 2, 5, 6, 9], Numbers(merge.TakeLines()));

        // One that comes far too late is shown nevertheless.
        merge.Add(1, [Line(3)], null, 0, ConsoleConnection.Live);
        time.Advance(LineMerge.Hold);
        Assert.Equal([3], Numbers(merge.TakeLines()));
    }

    [Fact]
    public void All_wait_for_the_past_of_each_but_not_for_ever()
    {
        var merge = new LineMerge(2, time);
        merge.Add(0, [Line(1)], null, 0, ConsoleConnection.Live);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(merge.TakeLines());
        Assert.Null(merge.Connection);

        merge.Add(1, [], "backend: The Agent does not run.", 0, ConsoleConnection.Reconnecting);
        Assert.Null(merge.TakeLines());
        Assert.Equal(ConsoleConnection.Reconnecting, merge.Connection);
        time.Advance(LineMerge.Patience);
        Assert.Equal([1], Numbers(merge.TakeLines()));
        Assert.Equal([("backend: The Agent does not run.", 0L)], merge.TakeSaid());
        Assert.Empty(merge.TakeSaid());
    }

    private static List<int> Numbers(IReadOnlyList<ConsoleLine>? lines) => [.. lines!.Select(line => line.Line.At.Millisecond)];

    private static ConsoleLine Line(int millisecond) => new(new LogLine(new DateTimeOffset(2026, 11, 21, 20, 0, 0, millisecond, TimeSpan.Zero), $"line {millisecond}", false), BenchService.Backend);
}
