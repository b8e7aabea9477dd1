using Bunit;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The update of a site, and of all sites of a bench: what is offered when, and to whom.</summary>
public sealed class UpdatePagesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Site_with_nothing_newer_is_told_so_and_offered_only_to_migrate()
    {
        await using var page = await PageContext.StartAsync();
        var (bench, _) = await BenchesAsync(page, withNewer: false);
        var site = await page.Core.AddSiteAsync(bench);
        var shown = page.Render<SiteUpdate>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.Contains("is the newest release for this server", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal(["Migrate"], shown.FindAll(".panel button").Select(button => button.TextContent));
    }

    [Theory]
    [InlineData(TeamRole.Admin, true)]
    [InlineData(TeamRole.Viewer, false)]
    public async Task Site_that_can_be_updated_is_offered_the_newer_bench(TeamRole role, bool isOffered)
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, role);
        var (bench, next) = await BenchesAsync(page);
        var site = await page.Core.AddSiteAsync(bench);
        var shown = page.Render<SiteUpdate>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.Contains(next!.Name.Value, shown.Find(".target").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(isOffered, shown.FindAll(".button.primary").Count > 0);
        if (!isOffered)
            return;
        await shown.Find(".button.primary").ClickAsync(new());
        await using var db = await page.Core.DbAsync();
        Assert.Equal("update-site", (await db.Jobs.SingleAsync(Cancel)).Type);
        shown.WaitForAssertion(() => Assert.Contains("Copy tables", shown.Markup, StringComparison.Ordinal), Patience);
    }

    [Theory]
    [InlineData(TeamRole.Owner, true)]
    [InlineData(TeamRole.Viewer, false)]
    public async Task Site_that_was_taken_back_offers_the_three_choices(TeamRole role, bool isOffered)
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, role);
        var site = await WorkedOnAsync(page, SiteState.Recovered);
        var shown = page.Render<SiteUpdate>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.Contains("It was taken back", shown.Markup, StringComparison.Ordinal), Patience);
        foreach (var choice in (string[])["Try again", "Skip the failing patch", "Stay on"])
            Assert.Equal(isOffered, shown.FindAll("button").Any(button => button.TextContent.StartsWith(choice, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Site_that_is_closed_offers_to_recover_and_nothing_that_would_make_it_worse()
    {
        await using var page = await PageContext.StartAsync();
        var site = await WorkedOnAsync(page, SiteState.Fatal);
        var shown = page.Render<SiteUpdate>(parameters => parameters.Add(each => each.Id, site.Id));
        shown.WaitForAssertion(() => Assert.Contains("The site is closed", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal(["Recover"], shown.FindAll(".panel button").Select(button => button.TextContent));
    }

    [Fact]
    public async Task Bench_without_sites_has_nothing_to_update()
    {
        await using var page = await PageContext.StartAsync();
        var (bench, _) = await BenchesAsync(page);
        var shown = page.Render<BenchUpdatePage>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.Contains("The bench has no site to update", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(shown.FindAll(".button.primary"));
    }

    [Fact]
    public async Task Bench_counts_the_sites_that_would_move_and_no_site_in_the_trash()
    {
        await using var page = await PageContext.StartAsync();
        var (bench, next) = await BenchesAsync(page);
        var site = await page.Core.AddSiteAsync(bench);
        await DropAsync(page, await page.Core.AddSiteAsync(bench, "old.example.com"));
        var shown = page.Render<BenchUpdatePage>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.Equal("Update 1 site", shown.Find(".button.primary").TextContent), Patience);
        await shown.Find(".button.primary").ClickAsync(new());
        shown.WaitForAssertion(() => Assert.Contains("Running", shown.Find(".panel header").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal($"/sites/{site.Id}/update", shown.Find(".sites a").GetAttribute("href"));
        await using var db = await page.Core.DbAsync();
        Assert.Equal(next!.Id, (await db.BenchUpdates.SingleAsync(Cancel)).TargetBenchId);
    }

    [Theory]
    [InlineData(TeamRole.Admin, true)]
    [InlineData(TeamRole.Viewer, false)]
    public async Task Bench_update_can_be_paused_and_resumed_by_those_who_may(TeamRole role, bool isOffered)
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, role);
        var (bench, next) = await BenchesAsync(page);
        var site = await page.Core.AddSiteAsync(bench);
        var actor = new Actor(Guid.CreateVersion7(), "operator@example.com", StaffRole.Operator, []);
        Assert.True((await page.Core.Get<UpdateBenchSites>().RunAsync(actor, bench.Id, next!.Id, false, Cancel)).IsDone);
        var shown = page.Render<BenchUpdatePage>(parameters => parameters.Add(each => each.Id, bench.Id));
        shown.WaitForAssertion(() => Assert.Contains(site.Name.Value, shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal(isOffered ? ["Pause", "Cancel"] : [], shown.FindAll(".panel button").Select(button => button.TextContent));
        if (!isOffered)
            return;
        await shown.FindAll(".panel button")[0].ClickAsync(new());
        shown.WaitForAssertion(() => Assert.Contains("no other is begun", shown.Markup, StringComparison.Ordinal), Patience);
        Assert.Equal(["Go on", "Cancel"], shown.FindAll(".panel button").Select(button => button.TextContent));
    }

    private static async Task<(Bench Bench, Bench? Next)> BenchesAsync(PageContext page, bool withNewer = true)
    {
        PortalSeed.Teach(page.Core.Agent);
        var server = await page.Core.AddServerAsync();
        var bench = await page.Core.AddBenchAsync(server);
        if (!withNewer)
            return (bench, null);
        await using var db = await page.Core.DbAsync();
        var release = new Release { Id = NewId.At(page.Core.Time), Name = "ERPNext 99.0.0", Version = "99.0.0", Image = ImageReference.Parse("frappe/erpnext:v99.0.0"), Apps = ["frappe", "erpnext"], CreatedAt = page.Core.Time.GetUtcNow() };
        var next = new Bench { Id = NewId.At(page.Core.Time), TeamId = server.TeamId, ServerId = server.Id, ReleaseId = release.Id, Name = BenchName.Parse("next"), CreatedAt = page.Core.Time.GetUtcNow() };
        next.Become(BenchState.Active, null);
        db.AddRange(release, next);
        await db.SaveChangesAsync(Cancel);
        return (bench, next);
    }

    private static async Task<Site> WorkedOnAsync(PageContext page, SiteState end)
    {
        var (bench, _) = await BenchesAsync(page);
        var id = (await page.Core.AddSiteAsync(bench)).Id;
        await using var db = await page.Core.DbAsync();
        var site = await db.Sites.SingleAsync(each => each.Id == id, Cancel);
        site.Become(SiteState.Working, null);
        site.Become(end, "A patch failed.");
        await db.SaveChangesAsync(Cancel);
        return site;
    }

    private static async Task DropAsync(PageContext page, Site dropped)
    {
        await using var db = await page.Core.DbAsync();
        var site = await db.Sites.SingleAsync(each => each.Id == dropped.Id, Cancel);
        site.Become(SiteState.Working, null);
        site.Become(SiteState.Trashed, null);
        await db.SaveChangesAsync(Cancel);
    }
}
