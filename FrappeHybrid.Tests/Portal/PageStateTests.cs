using Bunit;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

public sealed class PageStateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Overview_NothingYet_HasOneClearFirstStep()
    {
        await using var page = await PageContext.StartAsync();
        var shown = page.Render<Overview>();
        shown.WaitForAssertion(() => Assert.Equal("Add your first server", shown.Find(".button.primary").TextContent), Patience);
    }

    [Fact]
    public async Task Overview_BrokenSiteAndDraft_NeedsSomebody()
    {
        await using var page = await PageContext.StartAsync();
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        await page.Core.AddSiteAsync(bench, state: SiteState.Broken);
        await page.Core.AddServerAsync("draft", ServerState.Draft);
        var shown = page.Render<Overview>();
        shown.WaitForAssertion(() => Assert.Equal(["shop.example.com", "Server draft"], shown.FindAll(".name").Select(name => name.TextContent)), Patience);
    }

    [Fact]
    public async Task ServerList_SomethingIsStored_ShowsItWithoutAReload()
    {
        await using var page = await PageContext.StartAsync();
        var shown = page.Render<ServerList>();
        shown.WaitForAssertion(() => Assert.NotNull(shown.Find(".empty")), Patience);
        await page.Core.AddServerAsync();
        shown.WaitForAssertion(() => Assert.Equal("Server agent", shown.Find("a.name").TextContent), Patience);
    }

    [Theory]
    [InlineData("/benches?find=", 2)]
    [InlineData("/benches?find=second", 1)]
    [InlineData("/benches?find=nothing", 0)]
    public async Task BenchList_FilterInTheAddress_Holds(string address, int rows)
    {
        await using var page = await PageContext.StartAsync();
        var server = await page.Core.AddServerAsync();
        await page.Core.AddBenchAsync(server);
        await page.Core.AddBenchAsync(server, "second");
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var shown = page.Render<BenchList>();
        shown.WaitForAssertion(() => Assert.Equal(rows, shown.FindAll("a.name").Count), Patience);
    }

    [Fact]
    public async Task ServerPage_OfAnotherTeam_LooksAsIfItWereNotThere()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None);
        var server = await page.Core.AddServerAsync();
        var shown = page.Render<ServerPage>(parameters => parameters.Add(each => each.Id, server.Id));
        shown.WaitForAssertion(() => Assert.Contains("There is nothing here", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain("Server agent", shown.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TeamRole.Owner, true)]
    [InlineData(TeamRole.Admin, true)]
    [InlineData(TeamRole.Viewer, false)]
    public async Task BenchPage_ByRole_OffersOnlyWhatIsAllowed(TeamRole role, bool isOffered)
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, role);
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        var shown = page.Render<BenchPage>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll(".service")), Patience);
        Assert.Equal(isOffered, shown.Markup.Contains("New site", StringComparison.Ordinal));
        Assert.Equal(isOffered, shown.Markup.Contains("/console/backend", StringComparison.Ordinal));
    }

    [Fact]
    public async Task BenchPage_AgentDoesNotAnswer_KeepsThePageAndSaysWhy()
    {
        await using var page = await PageContext.StartAsync();
        page.Core.Agent.Before = (_, _) => throw new HttpRequestException("refused");
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        var shown = page.Render<BenchPage>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll("[role=alert]")), Patience);
        Assert.Equal(8, shown.FindAll(".service").Count);
    }

    [Fact]
    public async Task SitePage_LongNameThatFailed_ShowsTheReasonAndAsksForThePasswordAnew()
    {
        await using var page = await PageContext.StartAsync();
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        var name = $"{new string('a', 60)}.example.com";
        var site = await page.Core.AddSiteAsync(bench, name, SiteState.Broken);
        var shown = page.Render<SitePage>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.Equal(name, shown.Find("h1").TextContent), Patience);
        shown.Find("[role=alert] .button.primary").Click();
        Assert.NotNull(shown.Find("input[type=password]"));
    }

    [Fact]
    public async Task SiteNew_LabelTyped_SuggestsTheNameUnderTheServersDomain()
    {
        await using var page = await PageContext.StartAsync();
        var server = await page.Core.AddServerAsync();
        await using (var db = await page.Core.DbAsync())
        {
            var stored = await db.Servers.FindAsync([server.Id], Xunit.TestContext.Current.CancellationToken);
            stored!.Domain = "sites.example.com";
            await db.SaveChangesAsync(Xunit.TestContext.Current.CancellationToken);
        }

        await page.Core.AddBenchAsync(server);
        var shown = page.Render<SiteNew>();
        shown.WaitForAssertion(() => Assert.NotNull(shown.Find("#name")), Patience);
        shown.Find("#name").Input("Shop");
        Assert.NotNull(shown.Find(".problem"));
        shown.Find(".suggestion").Click();
        Assert.Equal("shop.sites.example.com", shown.Find("#name").GetAttribute("value"));
        Assert.Empty(shown.FindAll(".problem"));
    }

    [Fact]
    public async Task ServerSetup_StepThatIsNotOpenYet_ShowsTheFirstThatIsNotDone()
    {
        await using var page = await PageContext.StartAsync();
        var server = await page.Core.AddServerAsync("fresh", ServerState.Draft);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"/servers/{server.Id}/setup?step=review");
        var shown = page.Render<ServerSetup>(parameters => parameters.Add(each => each.Id, server.Id));
        shown.WaitForAssertion(() => Assert.Equal("Host key", shown.Find("section.question").GetAttribute("aria-label")), Patience);
    }

    [Fact]
    public async Task JobList_StateInTheAddress_ShowsThoseAlone()
    {
        await using var page = await PageContext.StartAsync();
        await page.Core.OrderBenchAsync(await page.Core.AddServerAsync());
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/jobs?state=failed");
        var shown = page.Render<JobList>();
        shown.WaitForAssertion(() => Assert.Contains("No job matches the filter.", shown.Markup, StringComparison.Ordinal), Patience);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("/jobs?state=running");
        var again = page.Render<JobList>();
        again.WaitForAssertion(() => Assert.Equal("New Bench", again.Find("a.name").TextContent), Patience);
    }
}
