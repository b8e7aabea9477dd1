using Bunit;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>Support asks, an owner decides, both see it where it is, and it goes by itself.</summary>
public sealed class SupportAccessPagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asked_on_the_page_of_a_site_let_in_by_the_owner_and_over_by_itself()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        await using var support = await PageContext.StartAsync(StaffRole.Support, on: core);
        var owner = await core.AddUserAsync("owner@example.com", role: TeamRole.Owner);
        var site = await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync()));
        var notice = support.Render<SupportNotice>(each => each.Add(part => part.Place, site.Place).Add(part => part.ThingId, site.Id));
        notice.WaitForAssertion(() => Assert.Contains("Ask for access", notice.Markup, StringComparison.Ordinal), Patience);

        await notice.InvokeAsync(() => notice.Find("button").ClickAsync(new()));
        notice.Find("#access-reason").Input("Look into the failed import");
        await notice.Find("form").SubmitAsync();
        notice.WaitForAssertion(() => Assert.Contains("You asked for access to the site shop.example.com", notice.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(notice.FindAll("form"));

        var asked = Assert.Single(await core.Get<SupportAccessQueries>().OfTeamAsync(owner, core.Team.Id, Cancel));
        Assert.True((await core.Get<AnswerSupportAccess>().RunAsync(owner, asked.Id, true, null, Cancel)).IsDone);
        time.Advance(TimeSpan.FromSeconds(1));
        notice.WaitForAssertion(() => Assert.Contains("You may act in the site shop.example.com until 21:00 UTC", notice.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains("End now", notice.Markup, StringComparison.Ordinal);

        // Both timers of the page fall due; what they cause is coalesced a moment later.
        time.Advance(TimeSpan.FromHours(1));
        notice.WaitForAssertion(() => Assert.Contains("Ask for access", notice.Markup, StringComparison.Ordinal), Patience);
        Assert.DoesNotContain("You may act", notice.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owner_decides_on_the_page_of_the_team_and_ends_it_there()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Owner);
        var support = await page.Core.AddUserAsync("support@example.com", StaffRole.Support);
        var site = await page.Core.AddSiteAsync(await page.Core.AddBenchAsync(await page.Core.AddServerAsync()));
        Assert.True((await page.Core.Get<AskForAccess>().RunAsync(support, page.Core.Team.Id, site.Id, "<b>A failed import</b>", 240, Cancel)).IsDone);
        var shown = page.Render<TeamSupport>(each => each.Add(part => part.Id, page.Core.Team.Id));
        shown.WaitForAssertion(() => Assert.Contains("support@example.com asks for access", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains("&lt;b&gt;A failed import", shown.Markup, StringComparison.Ordinal);

        shown.Find("select").Change("30");
        await shown.InvokeAsync(() => shown.FindAll("button").Single(button => button.TextContent == "Let in").ClickAsync(new()));
        shown.WaitForAssertion(() => Assert.Contains("End now", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.True((await page.Core.ActorAsync(support.UserId)).May(Capability.ManageSites, site.Place));
        var open = Assert.Single(await page.Core.Get<SupportAccessQueries>().AtAsync(support, site.Place, Cancel));
        Assert.InRange(open.Until!.Value - page.Core.Time.GetUtcNow(), TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(30));

        await shown.InvokeAsync(() => shown.FindAll("button").First(button => button.TextContent == "End now").ClickAsync(new()));
        shown.WaitForAssertion(() => Assert.Contains("Support may act nowhere", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.False((await page.Core.ActorAsync(support.UserId)).May(Capability.ManageSites, site.Place));
    }

    [Fact]
    public async Task Owners_page_of_the_place_follows_the_end_that_comes_by_itself()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Owner, core);
        var owner = await core.AddUserAsync("owner@example.com", role: TeamRole.Owner);
        var support = await core.AddUserAsync("support@example.com", StaffRole.Support);
        var server = await core.AddServerAsync();
        var asked = await core.Get<AskForAccess>().RunAsync(support, core.Team.Id, server.Id, "Look at the load", 15, Cancel);
        var notice = page.Render<SupportNotice>(each => each.Add(part => part.Place, server.Place).Add(part => part.ThingId, server.Id));
        notice.WaitForAssertion(() => Assert.Equal($"/teams/{core.Team.Id}/support", notice.Find("a").GetAttribute("href")), Patience);
        Assert.True((await core.Get<AnswerSupportAccess>().RunAsync(owner, asked.Value, true, null, Cancel)).IsDone);
        time.Advance(TimeSpan.FromSeconds(1));
        notice.WaitForAssertion(() => Assert.Contains("Support (support@example.com) may act in the server Server agent until 20:15 UTC", notice.Markup, StringComparison.Ordinal), Patience);

        time.Advance(TimeSpan.FromMinutes(15));

        notice.WaitForAssertion(() => Assert.Empty(notice.FindAll(".notice")), Patience);
    }

    [Fact]
    public async Task Own_requests_are_a_list_of_support()
    {
        await using var page = await PageContext.StartAsync(StaffRole.Support);
        var shown = page.Render<SupportAccessList>();
        shown.WaitForAssertion(() => Assert.Contains("You have not asked for access yet", shown.Markup, StringComparison.Ordinal), Patience);
    }
}
