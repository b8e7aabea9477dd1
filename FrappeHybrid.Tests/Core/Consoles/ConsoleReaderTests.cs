using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Xunit;

namespace FrappeHybrid.Tests.Core.Consoles;

/// <summary>The past of one source and of a whole bench, and the whole bench live.</summary>
public sealed class ConsoleReaderTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 20, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_before_a_line_and_after_it_is_what_the_server_keeps()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        LogLine[] lines = [.. Enumerable.Range(0, 50).Select(number => new LogLine(Start.AddSeconds(number), $"line {number}", false))];
        core.Agent.Write(lines);
        var mark = LogMark.OfLast(lines[..21]);
        var source = ConsoleSource.OfService(bench.Name, BenchService.Backend);
        var reader = core.Get<ConsoleReader>();

        var before = (await reader.BeforeAsync(core.Owner, bench.ServerId, source, mark, 5, Cancel)).Value;
        var after = (await reader.AfterAsync(core.Owner, bench.ServerId, source, mark!, 100, Cancel)).Value;

        Assert.Equal(["line 15", "line 16", "line 17", "line 18", "line 19"], before.Lines.Select(line => line.Line.Text));
        Assert.Equal((29, "line 21", true, false), (after.Lines.Count, after.Lines[0].Line.Text, after.IsEnd, before.IsEnd));
    }

    [Fact]
    public async Task A_whole_bench_is_its_services_by_time_live_and_in_the_past()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await SeedAsync(core);
        var all = ConsoleSource.OfBench(bench.Name);
        var viewer = (await core.Get<ConsoleStreams>().OpenAsync(core.Owner, bench.ServerId, all, null, Cancel)).Value;
        var seen = new List<ConsoleLine>();
        await foreach (var batch in viewer.WithCancellation(Cancel))
        {
            seen.AddRange(batch.Lines);
            if (seen.Count == 16)
                core.Agent.WriteTo("service:main:frontend", new LogLine(Start.AddMinutes(1), "live", true));
            if (seen.Count == 17)
                break;
        }

        Assert.Equal(seen.OrderBy(line => line.Line.At), seen);
        Assert.Equal(8, seen.Select(line => line.Service).Distinct().Count());
        Assert.Equal((BenchService.Frontend, "live"), (seen[^1].Service, seen[^1].Line.Text));
        Assert.Equal(8, core.Get<ConsoleStreams>().OpenStreams);

        // A service that is watched alone at the same time needs no second stream.
        await using var alone = (await core.Get<ConsoleStreams>().OpenAsync(core.Owner, bench.ServerId, ConsoleSource.OfService(bench.Name, BenchService.Backend), null, Cancel)).Value;
        Assert.Equal(8, core.Get<ConsoleStreams>().OpenStreams);

        var page = (await core.Get<ConsoleReader>().BeforeAsync(core.Owner, bench.ServerId, all, null, 10, Cancel)).Value;
        Assert.Equal(seen.TakeLast(10).Select(line => line.Line.Text), page.Lines.Select(line => line.Line.Text));
        var range = new List<string>();
        await foreach (var line in (await core.Get<ConsoleReader>().RangeAsync(core.Owner, bench.ServerId, all, Start.AddMilliseconds(8), null, Cancel)).Value.WithCancellation(Cancel))
            range.Add(line.Line.Text);
        Assert.Equal(seen.Skip(8).Select(line => line.Line.Text), range);
        await viewer.DisposeAsync();
    }

    [Fact]
    public async Task A_search_says_what_it_found_or_why_it_could_not()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await SeedAsync(core);
        var reader = core.Get<ConsoleReader>();
        var all = ConsoleSource.OfBench(bench.Name);

        var found = await FindAsync(reader, core.Owner, bench, new LogQuery("second of", false, null, null));
        Assert.Equal(8, found.SelectMany(each => each.Lines).Select(line => line.Service).Distinct().Count());
        Assert.Equal((16L, LogSearchEnd.Done), (found[^1].Scanned, found[^1].End));
        Assert.Equal("invalid-search", (await reader.SearchAsync(core.Owner, bench.ServerId, all, new LogQuery("(", true, null, null), Cancel)).Error?.Code);
        Assert.Equal("forbidden", (await reader.SearchAsync(TestCore.ActorOf(core.Team.Id, TeamRole.Viewer), bench.ServerId, all, new LogQuery("x", false, null, null), Cancel)).Error?.Code);

        core.Agent.Before = (_, _) => throw new HttpRequestException("refused");
        found = await FindAsync(reader, core.Owner, bench, new LogQuery("x", false, null, null));
        Assert.NotNull(found[^1].Error);
        Assert.Null(found[^1].End);
    }

    private static async Task<List<ConsoleFindings>> FindAsync(ConsoleReader reader, Actor actor, Bench bench, LogQuery query)
    {
        var found = new List<ConsoleFindings>();
        await foreach (var each in (await reader.SearchAsync(actor, bench.ServerId, ConsoleSource.OfBench(bench.Name), query, Cancel)).Value.WithCancellation(Cancel))
            found.Add(each);
        return found;
    }

    // Two lines of each service, taking turns.
    private static async Task<Bench> SeedAsync(TestCore core)
    {
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        for (var at = 0; at < BenchServices.All.Count; at++)
        {
            var name = BenchServices.All[at].Name();
            core.Agent.Sources[$"service:main:{name}"] = [new LogLine(Start.AddMilliseconds(at), $"first of {name}", false), new LogLine(Start.AddMilliseconds(8 + at), $"second of {name}", false)];
        }

        return bench;
    }
}
