using System.Text;
using FrappeHybrid.Agent.Consoles;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Tests.Core.Support;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Consoles;

/// <summary>From what a container writes to lines: cut, counted when there is too much, and joined to its log.</summary>
public sealed class ContainerLineTests
{
    private static readonly DateTimeOffset At = MemoryLog.Start;

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Lines_are_whole_however_they_come(int piece)
    {
        var cutter = new LineCutter();
        var lines = new List<string>();
        foreach (var part in Encoding.UTF8.GetBytes("grün\r\n\n€uro 😀\nno end").Chunk(piece))
            cutter.Cut(part, lines);

        Assert.Equal(["grün", "", "€uro 😀"], lines);
        Assert.Equal("no end", cutter.Rest());
        Assert.Null(cutter.Rest());
    }

    [Fact]
    public void A_line_without_end_is_cut()
    {
        var cutter = new LineCutter();
        var lines = new List<string>();
        cutter.Cut(Encoding.UTF8.GetBytes(new string('a', 40_000) + "\nb\n"), lines);
        Assert.Equal([new string('a', 16 * 1024) + "…", "b"], lines);
    }

    [Fact]
    public async Task What_nobody_takes_in_time_is_counted_and_never_half_a_line()
    {
        var queue = new OutputQueue(mostBytes: 40);
        foreach (var text in (string[])["one\ntw", "o\nthree\nfo", "ur\nfive\n", new string('x', 30) + "\n", "last\n"])
            queue.Add(new OutputChunk(IsError: false, Encoding.UTF8.GetBytes(text), At));
        queue.Complete();

        var cutter = new LineCutter();
        var (lines, skipped) = (new List<string>(), 0L);
        while (await queue.TakeAsync(Cancel) is { } chunk)
        {
            if (chunk.IsAfterGap)
                cutter.Forget();
            var texts = new List<string>();
            cutter.Cut(chunk.Bytes, texts);
            skipped += chunk.Skipped;
            if (chunk.IsWithinLine)
            {
                texts.RemoveAt(0);
                skipped++;
            }

            lines.AddRange(texts);
        }

        Assert.Equal([new string('x', 30), "last"], lines);
        Assert.Equal(5, skipped);
    }

    [Theory]
    [InlineData("three", 2)]
    [InlineData("three,four", 2)]
    [InlineData("ree,four", 2)]
    [InlineData("same,five", 5)]
    [InlineData("same,same", 4)]
    [InlineData("five,not yet logged", 6)]
    [InlineData("nowhere", -1)]
    public void The_first_live_line_is_found_in_the_log(string live, int expected) =>
        Assert.Equal(expected, LiveStream.Find(["one", "two", "three", "four", "same", "same", "five"], live.Split(',')));

    [Fact]
    public async Task A_batch_leaves_at_once_after_quiet_and_those_that_follow_are_joined()
    {
        var time = new FakeTime();
        var outlet = new LogOutlet(time);
        await using var batches = outlet.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        await outlet.BeginAsync([], Cancel);
        Assert.True(await batches.MoveNextAsync());
        Assert.Empty(batches.Current.Lines);

        await outlet.WriteAsync([Line("a")], Cancel);
        await outlet.WriteAsync([Line("b")], Cancel);
        await outlet.SayAsync("container restarted", Cancel);
        await outlet.WriteAsync([Line("c")], Cancel);
        var next = batches.MoveNextAsync().AsTask();
        await UntilAwaitedAsync(time);
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(8));
        Assert.True(await next);
        Assert.Equal(["a", "b"], batches.Current.Lines.Select(line => line.Text));

        next = batches.MoveNextAsync().AsTask();
        await UntilAwaitedAsync(time);
        time.Advance(TimeSpan.FromMilliseconds(8));
        Assert.True(await next);
        Assert.Equal("container restarted", batches.Current.Notice);
        Assert.Equal(["c"], batches.Current.Lines.Select(line => line.Text));

        next = batches.MoveNextAsync().AsTask();
        await UntilAwaitedAsync(time);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(await next);
        Assert.Equal((0, null), (batches.Current.Lines.Count, batches.Current.Notice));
    }

    [Fact]
    public async Task While_most_is_left_out_anyway_batches_are_few()
    {
        var time = new FakeTime();
        var outlet = new LogOutlet(time);
        await using var batches = outlet.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        await outlet.BeginAsync([], Cancel);
        Assert.True(await batches.MoveNextAsync());
        await outlet.SkipAsync(100_000, Cancel);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await batches.MoveNextAsync());
        Assert.Equal(100_000, batches.Current.Skipped);

        await outlet.WriteAsync([Line("a")], Cancel);
        var next = batches.MoveNextAsync().AsTask();
        await UntilAwaitedAsync(time);
        time.Advance(TimeSpan.FromMilliseconds(8));
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(42));
        Assert.True(await next);

        // A second in which nothing was left out, and it is as before.
        await outlet.WriteAsync([Line("b")], Cancel);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await batches.MoveNextAsync());
        await outlet.WriteAsync([Line("c")], Cancel);
        next = batches.MoveNextAsync().AsTask();
        await UntilAwaitedAsync(time);
        time.Advance(TimeSpan.FromMilliseconds(8));
        Assert.True(await next);
    }

    [Fact]
    public async Task However_much_comes_a_batch_has_so_many_lines_at_most()
    {
        var outlet = new LogOutlet(TimeProvider.System);
        await using var batches = outlet.ReadAsync(Cancel).GetAsyncEnumerator(Cancel);
        var writing = outlet.WriteAsync(MemoryLog.Numbered(0, 20_000), Cancel).AsTask();
        var seen = new List<LogLine>();
        while (seen.Count < 20_000 && await batches.MoveNextAsync())
        {
            Assert.InRange(batches.Current.Lines.Count, 0, LogOutlet.MostLines);
            seen.AddRange(batches.Current.Lines);
        }

        await writing;
        Assert.Equal(MemoryLog.Numbered(0, 20_000), seen);
    }

    private static async Task UntilAwaitedAsync(FakeTime time)
    {
        while (!time.IsAwaited)
            await Task.Delay(5, Cancel);
    }

    private static LogLine Line(string text) => new(At, text, false);
}
