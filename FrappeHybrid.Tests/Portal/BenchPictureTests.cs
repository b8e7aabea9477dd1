using System.Net;
using System.Text;
using System.Text.Json;
using Bunit;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The network of a bench as a picture: each part's state in a word, what is cut off, where a click leads, and what is said when nobody answers.</summary>
public sealed class BenchPictureTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("running", null, true, "ok", "Answers")]
    [InlineData("running", null, null, "ok", "Running")]
    [InlineData("running", null, false, "warn", "No answer")]
    [InlineData("running", "unhealthy", true, "warn", "Unhealthy")]
    [InlineData("running", "starting", null, "running", "Starting")]
    [InlineData("restarting", null, null, "warn", "Restarting")]
    [InlineData("exited", null, null, "fail", "Exited")]
    [InlineData("missing", null, null, "fail", "Missing")]
    [InlineData("stopped", null, null, "fail", "Stopped")]
    public void A_part_has_a_tone_and_a_word(string state, string? health, bool? answers, string tone, string word)
    {
        var look = StateLook.Of(new NetworkPart(NetworkPartKind.Service, BenchService.Backend, state, health, answers, 0, null));
        Assert.Equal((tone, word), (look.Tone, look.Word));
    }

    [Fact]
    public void What_leads_to_a_part_that_is_not_well_is_cut_and_nothing_else()
    {
        var picture = new NetworkPicture(BenchSeed.Network(Services(BenchService.Backend)));
        Assert.Equal(["M60.5 135V23H63", "M60.5 135V247H63"], picture.Lines.Where(line => line.IsCut).Select(line => line.Way));
        Assert.Equal(["backend is exited: exit code 1, restarted 3 times.", "websocket runs, but does not answer where the others look for it.", "nginx has an entry for 30 of 31 sites: visitors do not reach the rest."], picture.Remarks);
        Assert.Empty(new NetworkPicture(BenchSeed.Network(Services(null))).Remarks);
        Assert.DoesNotContain(new NetworkPicture(BenchSeed.Network(Services(null))).Lines, line => line.IsCut);
    }

    [Fact]
    public void A_picture_of_nothing_known_says_unknown_and_cuts_nothing()
    {
        var picture = new NetworkPicture(null);
        Assert.Equal(11, picture.Tiers.Sum(tier => tier.Count));
        Assert.All(picture.Tiers.SelectMany(tier => tier).Where(node => node.Name != NetworkPicture.Proxy), node => Assert.Equal("Unknown", node.Look.Word));
        Assert.DoesNotContain(picture.Lines, line => line.IsCut);
        Assert.Empty(picture.Remarks);
    }

    [Theory]
    [InlineData(TeamRole.Developer, 10)]
    [InlineData(TeamRole.Viewer, 0)]
    public async Task Each_part_opens_its_console_for_whom_may_watch_it(TeamRole role, int links)
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, role);
        PortalSeed.Teach(page.Core.Agent);
        var bench = await BenchAsync(page);
        var shown = page.Render<BenchPicture>(parameters => parameters.Add(each => each.Bench, bench));
        shown.WaitForAssertion(() => Assert.Contains("Restarting", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal(11, shown.FindAll(".part").Count);
        Assert.Equal(links, shown.FindAll("a.box").Count);
        if (links > 0)
        {
            Assert.Equal($"/benches/{bench.Id}/console/queue-long", shown.Find(".queue-long a").GetAttribute("href"));
            Assert.Equal($"/servers/{bench.ServerId}/console/nginx-access", shown.Find(".nginx a").GetAttribute("href"));
            Assert.Equal($"/servers/{bench.ServerId}/console/database", shown.Find(".database a").GetAttribute("href"));
        }

        Assert.Empty(shown.FindAll(".proxy a"));
        Assert.Equal("No answer", shown.Find(".websocket .word").TextContent);
        Assert.Contains("queue-long is restarting: exit code 137, restarted 17 times.", shown.Find("ul:not(.tier)").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_server_shares_is_opened_by_those_who_may_watch_the_server()
    {
        await using var core = await TestCore.StartAsync();
        PortalSeed.Teach(core.Agent);
        var stored = await core.AddBenchAsync(await core.AddServerAsync());
        var member = await core.AddUserAsync("limited@example.com", role: TeamRole.Developer);
        Assert.True((await core.Get<LimitMember>().RunAsync(core.Owner, core.Team.Id, member.UserId, [stored.Id], Cancel)).IsDone);
        await using var page = PageContext.For(core, member.UserId);
        var bench = (await core.Get<BenchQueries>().FindAsync(await core.ActorAsync(member.UserId), stored.Id, Cancel))!;
        var shown = page.Render<BenchPicture>(parameters => parameters.Add(each => each.Bench, bench));
        shown.WaitForAssertion(() => Assert.Equal(8, shown.FindAll("a.box").Count), Patience);
        Assert.Empty(shown.FindAll(".nginx a, .database a, .proxy a"));
    }

    [Fact]
    public async Task What_changes_on_the_server_is_seen_without_a_reload()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        await using var page = await PageContext.StartAsync(on: core);
        BenchService? down = null;
        core.Agent.Before = (request, _) => Task.FromResult<HttpResponseMessage?>(request.RequestUri!.AbsolutePath.EndsWith("/network", StringComparison.Ordinal) ? Answer(BenchSeed.Network(Services(down))) : null);
        var bench = await BenchAsync(page);
        var shown = page.Render<BenchPicture>(parameters => parameters.Add(each => each.Bench, bench));
        shown.WaitForAssertion(() => Assert.Equal("Answers", shown.Find(".backend .word").TextContent), Patience);
        Assert.Empty(shown.FindAll(".cut"));
        down = BenchService.Backend;
        await PassingTime.UntilAsync(time, () => shown.Markup.Contains("Exited", StringComparison.Ordinal));
        Assert.Equal("Exited", shown.Find(".backend .word").TextContent);
        Assert.NotEmpty(shown.FindAll(".cut"));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_leaves_the_picture_without_states_and_says_why_calmly()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        await using var page = await PageContext.StartAsync(on: core);
        PortalSeed.Teach(core.Agent);
        var bench = await BenchAsync(page);
        var shown = page.Render<BenchPicture>(parameters => parameters.Add(each => each.Bench, bench));
        shown.WaitForAssertion(() => Assert.Equal("Answers", shown.Find(".frontend .word").TextContent), Patience);
        core.Agent.Before = (_, _) => throw new HttpRequestException(HttpRequestError.ConnectionError);
        await PassingTime.UntilAsync(time, () => shown.Markup.Contains("cannot be reached", StringComparison.Ordinal));
        Assert.Equal("Unknown", shown.Find(".frontend .word").TextContent);
        Assert.Empty(shown.FindAll("[role=alert]"));
        Assert.Equal(10, shown.FindAll("a.box").Count);
    }

    [Fact]
    public async Task An_agent_from_before_is_to_be_upgraded()
    {
        await using var page = await PageContext.StartAsync();
        page.Core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeAgent.Problem(HttpStatusCode.NotFound, "not-found", "There is no such route."));
        var bench = await BenchAsync(page);
        Assert.Equal("agent-outdated", (await page.Core.Get<BenchStatus>().NetworkAsync(page.Core.Owner, bench.Id, Cancel)).Error!.Code);
        var shown = page.Render<BenchPicture>(parameters => parameters.Add(each => each.Bench, bench));
        shown.WaitForAssertion(() => Assert.Contains("does not tell", shown.Find("p.remark").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Whoever_is_let_into_one_site_is_not_told_how_the_bench_is()
    {
        await using var core = await TestCore.StartAsync();
        PortalSeed.Teach(core.Agent);
        var stored = await core.AddBenchAsync(await core.AddServerAsync());
        var site = await core.AddSiteAsync(stored);
        var member = await core.AddUserAsync("limited@example.com", role: TeamRole.Developer);
        Assert.True((await core.Get<LimitMember>().RunAsync(core.Owner, core.Team.Id, member.UserId, [site.Id], Cancel)).IsDone);
        await using var page = PageContext.For(core, member.UserId);
        var bench = (await core.Get<BenchQueries>().FindAsync(await core.ActorAsync(member.UserId), stored.Id, Cancel))!;
        var shown = page.Render<BenchPicture>(parameters => parameters.Add(each => each.Bench, bench));

        // Until it has read, however little it then shows.
        await shown.InvokeAsync(() => shown.Instance.SetParametersAsync(Microsoft.AspNetCore.Components.ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(BenchPicture.Bench)] = bench })));
        Assert.Equal("", shown.Markup.Trim());
        Assert.Equal("forbidden", (await core.Get<BenchStatus>().NetworkAsync(await core.ActorAsync(member.UserId), stored.Id, Cancel)).Error!.Code);
        Assert.DoesNotContain(core.Agent.Requests, request => request.EndsWith("/network", StringComparison.Ordinal));
    }

    private static IReadOnlyList<ServiceInfo> Services(BenchService? down) =>
        [.. BenchServices.All.Select(service => service == down ? new ServiceInfo(service, "exited", null, 3, 1, 512) : new ServiceInfo(service, "running", TimeProvider.System.GetUtcNow(), 0, null, 512))];

    private static HttpResponseMessage Answer(BenchNetwork network) =>
        new(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(network, BenchWorkJson.Default.BenchNetwork), Encoding.UTF8, "application/json") };

    private static async Task<BenchView> BenchAsync(PageContext page)
    {
        var stored = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        return (await page.Core.Get<BenchQueries>().FindAsync(page.Core.Owner, stored.Id, Cancel))!;
    }
}
