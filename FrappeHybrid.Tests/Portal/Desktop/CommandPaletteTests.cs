using Bunit;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Layout;
using FrappeHybrid.Portal.Components.Layout.Commands;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Desktop;

public sealed class CommandPaletteTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_few_letters_and_Enter_open_a_site_and_next_time_it_comes_first()
    {
        await using var page = await PageContext.StartAsync();
        await AddAsync(page);
        var shown = await OpenAsync(page);
        await TypeAsync(shown, "shex");
        Assert.Equal("shop.example.com", shown.Find("li.here .grow").TextContent);
        await KeyAsync(shown, "Enter");
        Assert.Contains("/sites/", Uri(page), StringComparison.Ordinal);
        Assert.Empty(shown.FindAll(".palette"));

        await OpenAsync(page, shown);
        Assert.Equal("shop.example.com", shown.FindAll("li .grow").First(name => name.ClassList.Contains("mono")).TextContent);
    }

    [Fact]
    public async Task What_is_on_the_page_comes_with_its_acts()
    {
        await using var page = await PageContext.StartAsync();
        var site = await AddAsync(page);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"/sites/{site}/backups");
        var shown = await OpenAsync(page);
        await TypeAsync(shown, "back up");
        Assert.Equal(["Back up now", "shop.example.com"], shown.FindAll("li.here span").Select(span => span.TextContent));
    }

    [Theory]
    [InlineData("back up shop", "Back up now", "shop.example.com")]
    [InlineData("books back up", "Back up now", "books.example.com")]
    [InlineData("restart main", "Restart", "main")]
    [InlineData("main term", "Terminal", "main")]
    [InlineData("disk agent", "Disk use", "Server agent")]
    public async Task Words_of_an_act_and_of_a_name_find_the_act_for_a_thing_that_is_not_open(string typed, string act, string thing)
    {
        await using var page = await PageContext.StartAsync();
        await AddAsync(page);
        var shown = await OpenAsync(page);
        await TypeAsync(shown, typed);
        Assert.Equal([act, thing], shown.FindAll("li.here span").Select(span => span.TextContent));
    }

    [Fact]
    public async Task An_act_for_a_thing_that_is_not_open_runs_and_is_told()
    {
        await using var page = await PageContext.StartAsync();
        var site = await AddAsync(page);
        var shown = await OpenAsync(page);
        await TypeAsync(shown, "back up now shop");
        await KeyAsync(shown, "Enter");
        shown.WaitForAssertion(() => Assert.NotEmpty(page.Services.GetRequiredService<Toasts>().Shown), Patience);
        Assert.Equal("Back up now: shop.example.com", page.Services.GetRequiredService<Toasts>().Shown[0].Text);
        Assert.Equal(site, Assert.Single(await page.Core.Get<FrappeHybrid.Core.Jobs.JobQueries>().ListAsync(page.Core.Owner, null, null, site, 10, TestCore.Cancel)).Place.SiteId);
    }

    [Fact]
    public async Task A_viewer_finds_no_act()
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, TeamRole.Viewer);
        var site = await AddAsync(page);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"/sites/{site}");
        var shown = await OpenAsync(page);
        await TypeAsync(shown, "back up now");
        Assert.DoesNotContain("Back up now", shown.Markup, StringComparison.Ordinal);
        await TypeAsync(shown, "back up books");
        Assert.DoesNotContain("Back up now", shown.Markup, StringComparison.Ordinal);
        await TypeAsync(shown, "releases");
        Assert.DoesNotContain(shown.FindAll("li .grow"), found => found.TextContent == "Releases");
    }

    [Fact]
    public async Task Jobs_and_teams_are_found_too()
    {
        await using var page = await PageContext.StartAsync();
        await page.Core.OrderBenchAsync(await page.Core.AddServerAsync(), "fresh");
        var shown = await OpenAsync(page);
        await TypeAsync(shown, "new bench fresh");
        shown.WaitForAssertion(() => Assert.Contains(shown.FindAll("li .grow"), found => found.TextContent == "New Bench fresh"), Patience);
        await TypeAsync(shown, "customer");
        Assert.Contains(shown.FindAll("li"), found => found.TextContent.Contains("Team", StringComparison.Ordinal));
    }

    private static async Task<Guid> AddAsync(PageContext page)
    {
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        await page.Core.AddSiteAsync(bench, "books.example.com");
        return (await page.Core.AddSiteAsync(bench)).Id;
    }

    private static async Task<IRenderedComponent<CommandPalette>> OpenAsync(PageContext page, IRenderedComponent<CommandPalette>? shown = null)
    {
        shown ??= page.Render<CommandPalette>();
        await shown.InvokeAsync(() => page.Services.GetRequiredService<Workspace>().Give(DesktopCommands.Palette.Id));
        shown.WaitForAssertion(() => Assert.NotEmpty(shown.FindAll(".palette")), Patience);
        return shown;
    }

    private static string Uri(PageContext page) => page.Services.GetRequiredService<NavigationManager>().Uri;

    // Jobs are read while somebody types: the letters wait for their turn.
    private static Task TypeAsync(IRenderedComponent<CommandPalette> shown, string text) => shown.InvokeAsync(() => shown.Find("input").InputAsync(new ChangeEventArgs { Value = text }));

    private static Task KeyAsync(IRenderedComponent<CommandPalette> shown, string key) => shown.InvokeAsync(() => shown.Find("input").KeyDownAsync(new KeyboardEventArgs { Key = key }));
}
