using Bunit;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Estate;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Controls.Grids;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Desktop;

/// <summary>The lists as grids: what the address says, what the person chose, several at once, by keyboard.</summary>
public sealed class GridTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/sites?sort=name", "a.example.com b.example.com c.example.com")]
    [InlineData("/sites?sort=-name", "c.example.com b.example.com a.example.com")]
    [InlineData("/sites?sort=-name&find=a.ex", "a.example.com")]
    [InlineData("/sites?sort=nonsense", "a.example.com b.example.com c.example.com")]
    public async Task Sort_and_filter_stand_in_the_address(string address, string names)
    {
        await using var page = await SitesAsync();
        Go(page, address);
        var shown = page.Render<SiteList>();
        shown.WaitForAssertion(() => Assert.Equal(names, string.Join(' ', shown.FindAll("a.name").Select(name => name.TextContent))), Patience);
    }

    [Fact]
    public async Task A_click_on_a_heads_name_sorts_by_it()
    {
        await using var page = await SitesAsync();
        Go(page, "/sites?find=example");
        var shown = await LoadedAsync(page);
        await shown.InvokeAsync(() => shown.FindAll("th button").Single(head => head.TextContent.Trim() == "Site").ClickAsync(new()));
        Assert.EndsWith("/sites?find=example&sort=name", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_that_was_hidden_stays_hidden_for_this_person_alone()
    {
        await using var page = await SitesAsync();
        var shown = await LoadedAsync(page);
        Assert.Contains(shown.FindAll("th"), head => head.TextContent.Contains("Bench", StringComparison.Ordinal));
        await shown.InvokeAsync(() => shown.FindAll(".choices label").Single(label => label.TextContent == "Bench").QuerySelector("input")!.ChangeAsync(new() { Value = false }));
        shown.WaitForAssertion(() => Assert.DoesNotContain(shown.FindAll("th"), head => head.TextContent.Contains("Bench", StringComparison.Ordinal)), Patience);

        var again = await LoadedAsync(page);
        again.WaitForAssertion(() => Assert.DoesNotContain(again.FindAll("th"), head => head.TextContent.Contains("Bench", StringComparison.Ordinal)), Patience);
        await using var other = await PageContext.StartAsync(StaffRole.Support, on: page.Core);
        var theirs = await LoadedAsync(other);
        Assert.Contains(theirs.FindAll("th"), head => head.TextContent.Contains("Bench", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_are_backed_up_at_once_and_each_says_what_came_of_it()
    {
        await using var page = await SitesAsync();
        var shown = await LoadedAsync(page);
        await PickAsync(shown, 0, false);
        await PickAsync(shown, 2, true);
        Assert.Equal("3 selected", shown.Find(".bulk strong").TextContent);

        // Behind the list's back one of them stops answering.
        await using (var db = await page.Core.DbAsync())
            await db.Sites.Where(site => site.Name == FrappeHybrid.Core.Contracts.Names.SiteName.Parse("b.example.com")).ExecuteUpdateAsync(set => set.SetProperty(site => site.State, SiteState.Fatal), Cancel);
        await shown.InvokeAsync(() => shown.FindAll(".bulk button").Single(button => button.TextContent == "Back up now").ClickAsync(new()));
        shown.WaitForAssertion(() => Assert.Equal("Back up now: 2 begun, 1 not", shown.Find(".results h2").TextContent), Patience);
        Assert.Equal(2, shown.FindAll(".results li a").Count);
        Assert.Contains("b.example.com", shown.FindAll(".results li").Single(row => row.QuerySelector("a") is null).TextContent, StringComparison.Ordinal);
        await using (var db = await page.Core.DbAsync())
            Assert.Equal(2, await db.Jobs.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_viewer_selects_rows_and_is_offered_nothing_that_changes_them()
    {
        await using var core = await TestCore.StartAsync();
        await AddAsync(core);
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Viewer, core);
        var shown = await LoadedAsync(page);
        await PickAsync(shown, 0, false);
        Assert.Equal(["Clear"], shown.FindAll(".bulk button").Select(button => button.TextContent));
    }

    [Fact]
    public async Task The_keyboard_walks_selects_and_opens()
    {
        await using var page = await SitesAsync();
        var shown = await LoadedAsync(page);
        await KeyAsync(shown, "ArrowDown");
        await KeyAsync(shown, "ArrowDown");
        Assert.Contains("b.example.com", shown.Find("tr.at").TextContent, StringComparison.Ordinal);
        Assert.Equal(shown.Find("tr.at").Id, shown.Find("table").GetAttribute("aria-activedescendant"));
        await KeyAsync(shown, " ");
        await KeyAsync(shown, "ArrowDown", shift: true);
        Assert.Equal(2, shown.FindAll("tbody tr[aria-selected=true]").Count);
        await KeyAsync(shown, "Escape");
        Assert.Empty(shown.FindAll("tbody tr[aria-selected=true]"));
        await KeyAsync(shown, "Enter");
        var site = (await page.Core.Get<EstateQueries>().ReadAsync(page.Core.Owner, null, Cancel)).Sites.Single(each => each.Name == "c.example.com");
        Assert.EndsWith($"/sites/{site.Id}", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_long_list_what_is_in_sight_is_drawn()
    {
        await using var page = await PageContext.StartAsync();
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        for (var number = 0; number < 130; number++)
            await page.Core.AddSiteAsync(bench, $"s{number:000}.example.com");
        var shown = page.Render<SiteList>();
        shown.WaitForAssertion(() => Assert.Equal(30, shown.FindAll("tbody tr[role=row]").Count), Patience);
        Assert.Contains("130 sites", shown.Markup, StringComparison.Ordinal);
        Assert.Equal("--rows: 100", shown.Find("tr.unseen").GetAttribute("style"));
        await KeyAsync(shown, "End");
        Assert.Contains("s129.example.com", shown.Find("tr.at").TextContent, StringComparison.Ordinal);
        Assert.Equal(30, shown.FindAll("tbody tr[role=row]").Count);

        // The browser says where its window stands.
        var grid = shown.FindComponent<Grid<SiteRow>>();
        await shown.InvokeAsync(() => grid.Instance.OnSight(60, 20));
        Assert.Equal("s040.example.com", shown.Find("tbody tr[role=row] .name").TextContent);
        Assert.Equal(60, shown.FindAll("tbody tr[role=row]").Count);
        Assert.Equal(["--rows: 40", "--rows: 30"], shown.FindAll("tr.unseen").Select(row => row.GetAttribute("style")));
        await shown.InvokeAsync(() => grid.Instance.OnSight(int.MaxValue, int.MaxValue));
        Assert.Equal("s129.example.com", shown.FindAll("tbody tr[role=row] .name")[^1].TextContent);
    }

    private static async Task<PageContext> SitesAsync()
    {
        var page = await PageContext.StartAsync();
        await AddAsync(page.Core);
        return page;
    }

    private static async Task AddAsync(TestCore core)
    {
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        foreach (var name in (string[])["b", "a", "c"])
            await core.AddSiteAsync(bench, $"{name}.example.com");
    }

    private static void Go(PageContext page, string address) => page.Services.GetRequiredService<NavigationManager>().NavigateTo(address);

    private static Task<IRenderedComponent<SiteList>> LoadedAsync(PageContext page)
    {
        var shown = page.Render<SiteList>();
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll("tbody tr")), Patience);
        return Task.FromResult(shown);
    }

    private static Task PickAsync(IRenderedComponent<SiteList> shown, int row, bool shift) =>
        shown.InvokeAsync(() => shown.FindAll("tbody td.pick")[row].ClickAsync(new MouseEventArgs { ShiftKey = shift }));

    private static Task KeyAsync(IRenderedComponent<SiteList> shown, string key, bool shift = false) =>
        shown.InvokeAsync(() => shown.Find("table").KeyDownAsync(new KeyboardEventArgs { Key = key, ShiftKey = shift }));
}
