using System.Globalization;
using System.Net;
using Bunit;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>A server's processors, memory and disk in small pictures: what they say, that they go on by themselves, and what is said when nobody answers.</summary>
public sealed class ServerMetersTests
{
    private const long Gigabyte = 1L << 30;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly ServerInfo Facts = new("web-1", "Debian", "6.1", 2, 0.5, 8 * Gigabyte, 6 * Gigabyte, 100 * Gigabyte, 70 * Gigabyte, "20.10", "running", 1, 60);

    [Fact]
    public void A_figure_says_its_number_its_meaning_and_its_way()
    {
        var figures = LoadFigure.Of(Load((12, 2, 40), (63, 3, 40.2), (41, 3.1, 40.4)));
        Assert.Equal(["Processors", "Memory", "Disk"], figures.Select(figure => figure.Title));
        Assert.Equal(["41 % of 2 processors", "3.1 of 8 GB", "40 % of 100 GB"], figures.Select(figure => figure.Text));
        Assert.Equal("Processors: 41 % of 2 processors, between 12 and 63 % in the last 15 seconds", figures[0].Sentence);
        Assert.Equal("Memory: 3.1 of 8 GB, between 25 and 39 % in the last 15 seconds", figures[1].Sentence);
        Assert.Equal("in the last 10 minutes", LoadFigure.Of(ServerSeed.Load())[0].Sentence[^"in the last 10 minutes".Length..]);
        Assert.Empty(LoadFigure.Of(Load()));
    }

    [Theory]
    [InlineData(74, null, null)]
    [InlineData(75, "warn", null)]
    [InlineData(90, "fail", "nearly full")]
    public void A_figure_that_is_high_says_so_in_a_word(int percent, string? tone, string? word)
    {
        var disk = LoadFigure.Of(Load((1, 1, percent)))[2];
        Assert.Equal((tone, word), (disk.Tone, disk.Warning));
    }

    [Theory]
    [InlineData(0, 0, "unknown")]
    [InlineData(3_328_599_655, 8 * Gigabyte, "3.1 of 8 GB")]
    [InlineData(512L << 20, 2 * Gigabyte, "512 MB of 2 GB")]
    public void A_part_of_a_whole_has_one_unit_when_it_can(long used, long total, string expected) => Assert.Equal(expected, Human.Of(used, total));

    [Fact]
    public void A_sparkline_has_its_newest_value_at_the_right_and_keeps_within_its_field()
    {
        using var context = new BunitContext();
        var shown = context.Render<Sparkline>(parameters => parameters.Add(each => each.Values, [0, 50, 250]).Add(each => each.Most, 5).Add(each => each.Label, "Memory: half"));
        Assert.Equal("60,31 90,16 120,1", shown.Find(".line").GetAttribute("points"));
        Assert.Equal("60,31 60,31 90,16 120,1 120,31", shown.Find(".area").GetAttribute("points"));
        Assert.Equal(("img", "Memory: half"), (shown.Find("svg").GetAttribute("role"), shown.Find("svg").GetAttribute("aria-label")));
    }

    [Fact]
    public async Task The_page_of_a_server_shows_new_figures_by_itself()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        await using var page = await PageContext.StartAsync(on: core);
        var server = await core.AddServerAsync();
        var percent = 41.0;
        core.Agent.Before = (request, _) => Task.FromResult<HttpResponseMessage?>(request.RequestUri!.AbsolutePath == UpkeepRoutes.Load ? ServerSeed.LoadResponse(Load((12, 2, 40), (percent, 3.1, 40))) : null);
        var shown = page.Render<ServerMeters>(parameters => parameters.Add(each => each.ServerId, server.Id));
        shown.WaitForAssertion(() => Assert.Contains("41 % of 2 processors", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal(3, shown.FindAll("svg[role=img]").Count);
        percent = 97;
        await PassingTime.UntilAsync(time, () => shown.Markup.Contains("97 % of 2 processors", StringComparison.Ordinal));
        Assert.Equal("busy", shown.Find(".high").TextContent);
    }

    [Fact]
    public async Task A_server_that_stops_answering_keeps_its_last_figures_and_says_from_when_they_are()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        await using var page = await PageContext.StartAsync(on: core);
        var server = await core.AddServerAsync();
        core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(ServerSeed.LoadResponse(Load((12, 2, 40), (41, 3.1, 40))));
        var shown = page.Render<ServerMeters>(parameters => parameters.Add(each => each.ServerId, server.Id));
        shown.WaitForAssertion(() => Assert.Contains("3.1 of 8 GB", shown.Markup, StringComparison.Ordinal), Patience);
        core.Agent.Before = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError);
        await PassingTime.UntilAsync(time, () => shown.Markup.Contains("cannot be reached", StringComparison.Ordinal));
        Assert.NotNull(shown.Find(".note time"));
        Assert.Contains("3.1 of 8 GB", shown.Markup, StringComparison.Ordinal);
        Assert.Empty(shown.FindAll("[role=alert]"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Until_there_are_figures_the_stored_ones_stand_in_without_a_way(bool isOld)
    {
        await using var page = await PageContext.StartAsync();
        var server = await page.Core.AddServerAsync();
        page.Core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(isOld ? FakeAgent.Problem(HttpStatusCode.NotFound, "not-found", "There is no such route.") : ServerSeed.LoadResponse(Load()));
        var shown = page.Render<ServerMeters>(parameters => parameters.Add(each => each.ServerId, server.Id).Add(each => each.Facts, Facts));
        shown.WaitForAssertion(() => Assert.Contains(isOld ? "too old" : "has just started", shown.Find(".note").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(["25", "25", "30"], shown.FindAll("[role=meter]").Select(meter => meter.GetAttribute("aria-valuenow")));
        Assert.Empty(shown.FindAll("svg[role=img]"));
    }

    [Fact]
    public async Task The_overview_has_a_card_for_each_server_with_an_agent_those_that_need_somebody_first()
    {
        await using var page = await PageContext.StartAsync();
        PortalSeed.Teach(page.Core.Agent);
        var well = await page.Core.AddServerAsync();
        page.Core.Agents["away"] = page.Core.Agent;
        var away = await page.Core.AddServerAsync("away", ServerState.Unreachable);
        await page.Core.AddServerAsync("draft", ServerState.Draft);
        var shown = page.Render<Overview>();
        shown.WaitForAssertion(() => Assert.Equal(6, shown.FindAll(".machine svg[role=img]").Count), Patience);
        Assert.Equal([$"/servers/{away.Id}", $"/servers/{well.Id}"], shown.FindAll(".machine a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task A_viewer_sees_a_servers_figures_and_a_stranger_nothing_of_them()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Viewer);
        PortalSeed.Teach(page.Core.Agent);
        var server = await page.Core.AddServerAsync();
        var shown = page.Render<ServerMeters>(parameters => parameters.Add(each => each.ServerId, server.Id));
        shown.WaitForAssertion(() => Assert.Equal(3, shown.FindAll("svg[role=img]").Count), Patience);

        await using var other = await PageContext.StartAsync(StaffRole.None, on: page.Core);
        var nothing = other.Render<ServerMeters>(parameters => parameters.Add(each => each.ServerId, server.Id));
        nothing.WaitForAssertion(() => Assert.NotEmpty(nothing.FindAll(".note")), Patience);
        Assert.Empty(nothing.FindAll(".meter"));
    }

    private static ServerLoad Load(params (double Processors, double Memory, double Disk)[] samples) => new(
        2,
        8 * Gigabyte,
        100 * Gigabyte,
        5,
        120,
        [.. samples.Select((sample, index) => new LoadSample(DateTimeOffset.Parse("2026-11-21T19:59:00Z", CultureInfo.InvariantCulture).AddSeconds(index * 5), sample.Processors, (long)(sample.Memory * Gigabyte), (long)(sample.Disk * Gigabyte)))]);
}
