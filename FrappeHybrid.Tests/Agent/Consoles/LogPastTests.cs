using FrappeHybrid.Agent.Consoles;
using FrappeHybrid.Core.Contracts.Consoles;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Consoles;

/// <summary>Pages of the past: by a line that both sides know, though its time differs a little.</summary>
public sealed class LogPastTests
{
    private static readonly LogLine[] All = MemoryLog.Numbered(0, 12_000);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_before_a_line_ends_with_the_line_before_it()
    {
        var past = new LogPast(new MemoryLog(All).ReadAsync);

        var near = await past.BeforeAsync(MarkOf(11_900), 100, Cancel);
        var far = await past.BeforeAsync(MarkOf(500), 100, Cancel);
        var first = await past.BeforeAsync(MarkOf(40), 100, Cancel);

        Assert.Equal(Texts(11_800, 100), near.Lines.Select(line => line.Text));
        Assert.Equal(Texts(400, 100), far.Lines.Select(line => line.Text));
        Assert.Equal(Texts(0, 40), first.Lines.Select(line => line.Text));
        Assert.Equal((false, false, true), (near.IsEnd, far.IsEnd, first.IsEnd));
    }

    [Fact]
    public async Task The_page_after_a_line_begins_with_the_next_and_says_when_it_is_the_newest()
    {
        var past = new LogPast(new MemoryLog(All).ReadAsync);

        var middle = await past.AfterAsync(MarkOf(500), 100, Cancel);
        var last = await past.AfterAsync(MarkOf(11_990), 100, Cancel);

        Assert.Equal(Texts(501, 100), middle.Lines.Select(line => line.Text));
        Assert.Equal(Texts(11_991, 9), last.Lines.Select(line => line.Text));
        Assert.Equal((false, true), (middle.IsEnd, last.IsEnd));
    }

    [Fact]
    public async Task Who_comes_back_gets_what_came_meanwhile_and_nothing_twice()
    {
        var past = new LogPast(new MemoryLog(All).ReadAsync);

        var (soon, soonGap) = await past.SinceAsync(1_000, LogMark.OfLast(All[..11_950]), Cancel);
        var (later, laterGap) = await past.SinceAsync(1_000, LogMark.OfLast(All[..9_000]), Cancel);

        Assert.Equal(Texts(11_950, 50), soon.Select(line => line.Text));
        Assert.Equal(Texts(9_000, 3_000), later.Select(line => line.Text));
        Assert.Equal((false, false), (soonGap, laterGap));
    }

    [Fact]
    public async Task A_line_that_is_nowhere_is_replaced_by_its_time()
    {
        var past = new LogPast(new MemoryLog(All).ReadAsync);
        var unknown = new LogMark(All[6_000].At.AddTicks(1), 1, 1, 1);

        Assert.Equal(Texts(5_993, 10), (await past.BeforeAsync(unknown, 10, Cancel)).Lines.Select(line => line.Text));
        Assert.Equal(Texts(6_003, 10), (await past.AfterAsync(unknown, 10, Cancel)).Lines.Select(line => line.Text));
    }

    [Fact]
    public void A_mark_survives_its_way_as_text_and_nonsense_is_none()
    {
        var mark = LogMark.OfLast(All[..20])!;
        Assert.Equal(mark, LogMark.Parse(mark.ToString()));
        Assert.All(new[] { null, "", "1-2-3", "-1-2-1-3", "1-2-9-3", "99999999999999999999-1-1-1" }, text => Assert.Null(LogMark.Parse(text)));
        Assert.Equal(19, mark.FindIn([.. All.Select(line => line with { At = line.At.AddMilliseconds(40) })]));
    }

    [Fact]
    public void Of_equal_lines_the_one_with_the_same_neighbours_is_found()
    {
        LogLine[] lines = [.. Enumerable.Range(0, 30).Select(number => new LogLine(MemoryLog.Start, number % 10 == 9 ? $"block {number / 10}" : "same", false))];
        Assert.Equal(20, LogMark.OfLast(lines[..21])!.FindIn(lines));
    }

    // As a reader knows it that got the line live: a little earlier than the log has it.
    private static LogMark MarkOf(int number)
    {
        var digest = LogMark.Digest(All[number]);
        return new LogMark(All[number].At.AddMilliseconds(-2), digest, 1, digest);
    }

    private static IEnumerable<string> Texts(int from, int count) => Enumerable.Range(from, count).Select(MemoryLog.Text);
}
