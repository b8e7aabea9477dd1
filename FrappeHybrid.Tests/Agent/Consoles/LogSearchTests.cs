using FrappeHybrid.Agent.Consoles;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Tests.Core.Support;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Consoles;

/// <summary>A search finds what is there, and stops where it must.</summary>
public sealed class LogSearchTests
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_and_expression_find_lines_in_their_time_only()
    {
        var log = new MemoryLog(MemoryLog.Numbered(0, 9_000));
        var from = MemoryLog.Start.AddMilliseconds(1_000);

        var text = await RunAsync(log, new LogQuery("LINE 77", false, null, null));
        var regex = await RunAsync(log, new LogQuery(@"\b3[01]99$", true, from, null));

        Assert.Equal(1 + 10 + 100, text.Lines.Count);
        Assert.Equal(["line 3099", "line 3199"], regex.Lines.Select(line => line.Text));
        Assert.Equal((9_000L, LogSearchEnd.Done), (text.Scanned, text.End));
        Assert.Equal(6_000, regex.Scanned);
    }

    [Fact]
    public async Task Enough_is_enough()
    {
        var log = new MemoryLog(MemoryLog.Numbered(0, 50_000));
        var found = await RunAsync(log, new LogQuery("line", false, null, null));
        Assert.Equal((LogSearch.MostFound, LogSearchEnd.EnoughFound), (found.Lines.Count, found.End));
        Assert.Equal(LogSearch.MostFound, log.Read);
    }

    [Fact]
    public async Task Who_leaves_ends_it()
    {
        var log = new MemoryLog(MemoryLog.Numbered(0, 50_000));
        using var leave = new CancellationTokenSource();
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(log, new LogQuery("nosuch", false, null, null), leave.Token));
        Assert.InRange(log.Read, 0, 1_000);
    }

    [Fact]
    public async Task It_takes_no_longer_than_it_may()
    {
        var time = new FakeTime();
        var search = new LogSearch(SlowAsync, time);
        var query = new LogQuery("nosuch", false, null, null);
        Assert.True(query.TryMatcher(out var matches));
        LogFindings? last = null;
        await foreach (var found in search.RunAsync(query, matches, Cancel))
            last = found;

        Assert.Equal(LogSearchEnd.TooLong, last?.End);
        Assert.InRange(last!.Scanned, 1, 70_000);

        async IAsyncEnumerable<LogLine> SlowAsync(int? tail, DateTimeOffset? from, DateTimeOffset? to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
        {
            await Task.Yield();
            while (true)
            {
                time.Advance(TimeSpan.FromMilliseconds(1));
                yield return new LogLine(time.GetUtcNow(), "a line", false);
            }
        }
    }

    [Theory]
    [InlineData("(", true)]
    [InlineData(@"(a)\1", true)]
    [InlineData("", false)]
    public void What_cannot_be_searched_for_is_refused(string text, bool isRegex) => Assert.False(new LogQuery(text, isRegex, null, null).TryMatcher(out _));

    [Fact]
    public void An_expression_that_would_backtrack_for_ever_answers_at_once()
    {
        Assert.True(new LogQuery("(a+)+$", true, null, null).TryMatcher(out var matches));
        Assert.False(matches(new string('a', 16_000) + "!"));
    }

    private static async Task<(List<LogLine> Lines, long Scanned, LogSearchEnd? End)> RunAsync(MemoryLog log, LogQuery query, CancellationToken? cancel = null)
    {
        Assert.True(query.TryMatcher(out var matches));
        var lines = new List<LogLine>();
        LogFindings? last = null;
        await foreach (var found in new LogSearch(log.ReadAsync, TimeProvider.System).RunAsync(query, matches, cancel ?? Cancel))
        {
            lines.AddRange(found.Lines);
            last = found;
        }

        return (lines, last!.Scanned, last.End);
    }
}
