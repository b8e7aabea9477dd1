using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Xunit;

namespace FrappeHybrid.Tests.Core.Consoles;

public sealed class ConsoleTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 20, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task However_many_watch_there_is_one_stream_from_the_server_and_all_see_the_same()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        core.Agent.Write(Lines(0, 600));
        var viewers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OpenAsync(core, bench)));

        var first = await Task.WhenAll(viewers.Select(viewer => ReadAsync(viewer, 600)));
        core.Agent.Write(Lines(600, 50));
        var late = await OpenAsync(core, bench);
        var all = await ReadAsync(late, 650);

        Assert.Equal(Texts(0, 600), first[7]);
        Assert.Equal(Texts(0, 650), all);
        Assert.Single(core.Agent.Requests, request => request.Contains("/stream?", StringComparison.Ordinal));
        Assert.Equal(1, core.Get<ConsoleStreams>().OpenStreams);
    }

    [Fact]
    public async Task A_slow_viewer_is_told_how_many_lines_it_missed_and_slows_nobody()
    {
        var buffer = new ConsoleBuffer("epoch", 2000, long.MaxValue);
        var (slow, quick) = (new ConsoleCursor(), new ConsoleCursor());
        buffer.Add(Shared(Lines(0, 10)), null);
        Assert.Equal(10, buffer.Read(slow)!.Lines.Count);
        long seen = 0;
        for (var block = 0; block < 50; block++)
        {
            buffer.Add(Shared(Lines(10 + (block * 100), 100)), null);
            while (buffer.Read(quick) is { } batch)
                seen += batch.Lines.Count;
        }

        Assert.Equal(5010, seen);
        var missed = buffer.Read(slow)!;
        Assert.Equal(3000, missed.Skipped);
        Assert.Equal("line 3010", missed.Lines[0].Line.Text);
        Assert.Equal(0, buffer.Read(slow)!.Skipped);
        await buffer.ChangedAsync(new ConsoleCursor()).WaitAsync(TimeSpan.FromMinutes(1), Cancel);
    }

    [Fact]
    public void A_viewer_that_comes_back_goes_on_where_it_was_also_in_another_stream_of_the_same_lines()
    {
        var first = new ConsoleBuffer("first");
        first.Add(Shared(Lines(0, 30)), null);
        var place = first.Read(new ConsoleCursor())!.Position;
        first.Add(Shared(Lines(30, 5)), null);
        Assert.Equal(5, first.Read(new ConsoleCursor(ConsolePosition.Parse(place.ToString())))!.Lines.Count);

        // The portal was started anew: the same lines with other numbers, and times a little apart.
        var second = new ConsoleBuffer("second");
        Assert.Null(second.Read(new ConsoleCursor(place))!.Notice);
        second.Add(Shared([.. Lines(20, 20).Select(line => line with { At = line.At.AddMilliseconds(3) })]), null);
        var again = second.Read(new ConsoleCursor(place))!;
        Assert.False(again.IsReset);
        Assert.Equal(Texts(30, 10), again.Lines.Select(line => line.Line.Text));

        var third = new ConsoleBuffer("third");
        third.Add(Shared(Lines(5000, 10)), null);
        var far = third.Read(new ConsoleCursor(place))!;
        Assert.True(far.IsReset);
        Assert.Equal(10, far.Lines.Count);
    }

    [Fact]
    public void What_the_way_to_the_server_left_out_is_told_to_everybody_where_it_was()
    {
        var buffer = new ConsoleBuffer("epoch");
        buffer.Add(Shared(Lines(0, 2)), null);
        buffer.Add(Shared(Lines(50, 1)), null, skipped: 48);
        var cursor = new ConsoleCursor();

        Assert.Equal((2, 0L), (buffer.Read(cursor)!.Lines.Count, 0L));
        var after = buffer.Read(cursor)!;
        Assert.Equal((1, 48L), (after.Lines.Count, after.Skipped));
    }

    [Fact]
    public void A_new_viewer_gets_the_last_thousand_lines()
    {
        var buffer = new ConsoleBuffer("epoch");
        buffer.Add(Shared(Lines(0, 5000)), null);
        var batch = buffer.Read(new ConsoleCursor())!;
        Assert.Equal((1000, "line 4000", 0L), (batch.Lines.Count, batch.Lines[0].Line.Text, batch.Skipped));
    }

    [Fact]
    public void A_notice_stands_where_it_was_said()
    {
        var buffer = new ConsoleBuffer("epoch", 100, long.MaxValue);
        buffer.Add(Shared(Lines(0, 2)), null);
        buffer.Add(Shared(Lines(2, 1)), "container restarted");
        var cursor = new ConsoleCursor();

        var before = buffer.Read(cursor)!;
        var after = buffer.Read(cursor)!;

        Assert.Equal((2, null), (before.Lines.Count, before.Notice));
        Assert.Equal((1, "container restarted"), (after.Lines.Count, after.Notice));
        Assert.Null(buffer.Read(cursor));
    }

    [Fact]
    public async Task A_broken_stream_comes_back_by_itself_without_a_line_lost_or_twice()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        core.Agent.Write(Lines(0, 10));
        var viewer = (await OpenAsync(core, bench)).GetAsyncEnumerator(Cancel);
        var texts = new List<string>();
        var states = new List<ConsoleConnection>();
        while (texts.Count < 10)
            await NextAsync(viewer, texts, states);

        core.Agent.Break();
        while (states[^1] is not ConsoleConnection.Reconnecting)
            await NextAsync(viewer, texts, states);
        core.Agent.Write(Lines(10, 10));
        while (texts.Count < 20)
            await NextAsync(viewer, texts, states);

        Assert.Equal(Texts(0, 20), texts);
        Assert.Equal(ConsoleConnection.Live, states[^1]);
        await viewer.DisposeAsync();
    }

    [Fact]
    public async Task The_stream_from_the_server_ends_a_few_seconds_after_the_last_viewer()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        var streams = core.Get<ConsoleStreams>();
        var first = await OpenAsync(core, bench);
        var second = await OpenAsync(core, bench);
        await first.DisposeAsync();
        await first.DisposeAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, streams.OpenStreams);

        await second.DisposeAsync();
        time.Advance(TimeSpan.FromSeconds(3));
        var third = await OpenAsync(core, bench);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, streams.OpenStreams);

        await third.DisposeAsync();
        await core.UntilAsync(() => Task.FromResult(streams.OpenStreams == 0 && core.Agent.OpenLogs == 0), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Who_may_not_watch_gets_an_error_and_no_stream()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var bench = await core.AddBenchAsync(server);
        var broken = await core.AddBenchAsync(server, "broken", BenchState.Broken);
        var streams = core.Get<ConsoleStreams>();

        Assert.Equal("not-found", (await streams.OpenAsync(TestCore.ActorOf(Guid.CreateVersion7(), TeamRole.Owner), bench.ServerId, Backend(bench), null, Cancel)).Error?.Code);
        Assert.Equal("forbidden", (await streams.OpenAsync(TestCore.ActorOf(core.Team.Id, TeamRole.Viewer), bench.ServerId, Backend(bench), null, Cancel)).Error?.Code);
        Assert.Equal("not-found", (await streams.OpenAsync(core.Owner, bench.ServerId, ConsoleSource.OfBench(BenchName.Parse("nosuch")), null, Cancel)).Error?.Code);
        Assert.Equal("forbidden", (await streams.OpenAsync(TestCore.ActorOf(core.Team.Id, TeamRole.Viewer), bench.ServerId, ConsoleSource.NginxAccess, null, Cancel)).Error?.Code);
        Assert.Equal("not-found", (await streams.OpenAsync(TestCore.ActorOf(Guid.CreateVersion7(), TeamRole.Owner), bench.ServerId, ConsoleSource.Agent, null, Cancel)).Error?.Code);
        Assert.Equal("bench-not-active", (await streams.OpenAsync(core.Owner, broken.ServerId, Backend(broken), null, Cancel)).Error?.Code);
        Assert.Equal(0, streams.OpenStreams);
        Assert.True((await streams.OpenAsync(TestCore.StaffOf(StaffRole.Support), bench.ServerId, Backend(bench), null, Cancel)).IsDone);
    }

    private static ConsoleSource Backend(Bench bench) => ConsoleSource.OfService(bench.Name, BenchService.Backend);

    private static ConsoleLine[] Shared(LogLine[] lines) => [.. lines.Select(line => new ConsoleLine(line, null))];

    private static async Task<ConsoleSubscription> OpenAsync(TestCore core, Bench bench) => (await core.Get<ConsoleStreams>().OpenAsync(core.Owner, bench.ServerId, Backend(bench), null, Cancel)).Value;

    private static async Task<List<string>> ReadAsync(ConsoleSubscription viewer, int count)
    {
        var texts = new List<string>();
        await foreach (var batch in viewer.WithCancellation(Cancel))
        {
            texts.AddRange(batch.Lines.Select(line => line.Line.Text));
            if (texts.Count >= count)
                break;
        }

        return texts;
    }

    private static async Task NextAsync(IAsyncEnumerator<ConsoleBatch> viewer, List<string> texts, List<ConsoleConnection> states)
    {
        Assert.True(await viewer.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(2), Cancel));
        texts.AddRange(viewer.Current.Lines.Select(line => line.Line.Text));
        states.Add(viewer.Current.Connection);
    }

    // Three lines share each moment, as a burst does.
    private static LogLine[] Lines(int from, int count) => [.. Enumerable.Range(from, count).Select(number => new LogLine(Start.AddMilliseconds(number / 3), $"line {number}", false))];

    private static IEnumerable<string> Texts(int from, int count) => Enumerable.Range(from, count).Select(number => $"line {number}");
}
