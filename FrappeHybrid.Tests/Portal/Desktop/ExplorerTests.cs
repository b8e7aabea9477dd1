using Bunit;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Portal.Components.Layout;
using FrappeHybrid.Portal.Components.Layout.Commands;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal.Desktop;

public sealed class ExplorerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_tree_says_to_readers_of_the_screen_what_it_shows()
    {
        await using var page = await PageContext.StartAsync();
        var shown = await LoadedAsync(page);
        var items = shown.FindAll("[role=treeitem]");
        Assert.Equal(["1", "2", "3", "3"], items.Select(item => item.GetAttribute("aria-level")));
        Assert.Equal(["1", "1", "1", "2"], items.Select(item => item.GetAttribute("aria-posinset")));
        Assert.Equal(["1", "1", "2", "2"], items.Select(item => item.GetAttribute("aria-setsize")));
        Assert.Equal(["true", "true", null, null], items.Select(item => item.GetAttribute("aria-expanded")));
        Assert.All(items, item => Assert.NotEqual("", item.QuerySelector(".chip")!.TextContent.Trim()));
    }

    [Fact]
    public async Task The_keyboard_walks_folds_and_opens()
    {
        await using var page = await PageContext.StartAsync();
        var shown = await LoadedAsync(page);
        await KeyAsync(shown, "End");
        Assert.Equal("shop.example.com", At(shown));
        await KeyAsync(shown, "ArrowLeft");
        Assert.Equal("main", At(shown));
        await KeyAsync(shown, "ArrowLeft");
        Assert.Equal("false", shown.Find(".node.at").GetAttribute("aria-expanded"));
        Assert.Equal(2, shown.FindAll("[role=treeitem]").Count);
        await KeyAsync(shown, "ArrowRight");
        await KeyAsync(shown, "ArrowRight");
        Assert.Equal("books.example.com", At(shown));
        await KeyAsync(shown, "s");
        await KeyAsync(shown, "h");
        Assert.Equal("shop.example.com", At(shown));
        Assert.Equal(shown.Find(".node.at").Id, shown.Find("[role=tree]").GetAttribute("aria-activedescendant"));
        await KeyAsync(shown, "Enter");
        Assert.Contains("/sites/", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typing_filters_and_a_change_is_seen_without_a_reload()
    {
        await using var page = await PageContext.StartAsync();
        var shown = await LoadedAsync(page);
        shown.Find("#explorer-filter").Input("shop");
        Assert.Equal(["Server agent", "main", "shop.example.com"], shown.FindAll(".name").Select(name => name.TextContent));
        shown.Find("#explorer-filter").Input("");
        await page.Core.AddServerAsync("draft", ServerState.Draft);
        shown.WaitForAssertion(() => Assert.Contains(shown.FindAll(".name"), name => name.TextContent == "Server draft"), Patience);
    }

    [Theory]
    [InlineData(TeamRole.Owner, true)]
    [InlineData(TeamRole.Viewer, false)]
    public async Task The_menu_of_a_node_has_what_the_role_allows(TeamRole role, bool mayChange)
    {
        await using var page = await PageContext.StartAsync(StaffRole.None, role);
        var menu = page.Render<CommandMenu>();
        var shown = await LoadedAsync(page);
        await shown.InvokeAsync(() => shown.FindAll("[role=treeitem]")[3].ContextMenuAsync(new MouseEventArgs { ClientX = 40, ClientY = 90 }));
        menu.WaitForAssertion(() => Assert.NotEmpty(menu.FindAll("[role=menuitem]")), Patience);
        Assert.Equal("shop.example.com", menu.Find("[role=menu]").GetAttribute("aria-label"));
        var items = menu.FindAll("[role=menuitem]").Select(item => item.TextContent.Trim()).ToList();
        Assert.Contains("Open", items);
        Assert.Equal(mayChange, items.Contains("Back up now"));
        Assert.Equal(mayChange, items.Contains("Reinstall or drop"));
        await menu.InvokeAsync(() => menu.Find("[role=menu]").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" }));
        Assert.Empty(menu.FindAll("[role=menu]"));
    }

    [Fact]
    public async Task An_act_from_the_menu_is_begun_and_told_in_the_corner()
    {
        await using var page = await PageContext.StartAsync();
        var menu = page.Render<CommandMenu>();
        var toasts = page.Render<ToastList>();
        var shown = await LoadedAsync(page);
        await shown.InvokeAsync(() => shown.FindAll("[role=treeitem]")[3].ContextMenuAsync(new MouseEventArgs()));
        menu.WaitForAssertion(() => Assert.NotEmpty(menu.FindAll("[role=menuitem]")), Patience);
        await menu.InvokeAsync(() => menu.FindAll("[role=menuitem]").Single(item => item.TextContent.Trim() == "Clear the cache").ClickAsync(new()));
        toasts.WaitForAssertion(() => Assert.Contains("Clear the cache: shop.example.com", toasts.Markup, StringComparison.Ordinal), Patience);
        Assert.StartsWith("/jobs/", toasts.Find(".toast a").GetAttribute("href"), StringComparison.Ordinal);
    }

    private static async Task<IRenderedComponent<Explorer>> LoadedAsync(PageContext page)
    {
        var bench = await page.Core.AddBenchAsync(await page.Core.AddServerAsync());
        await page.Core.AddSiteAsync(bench);
        await page.Core.AddSiteAsync(bench, "books.example.com");
        var shown = page.Render<Explorer>();
        shown.WaitForAssertion(() => Assert.Equal(4, shown.FindAll("[role=treeitem]").Count), Patience);
        return shown;
    }

    private static string At(IRenderedComponent<Explorer> shown) => shown.Find(".node.at .name").TextContent;

    private static Task KeyAsync(IRenderedComponent<Explorer> shown, string key) => shown.InvokeAsync(() => shown.Find("[role=tree]").KeyDownAsync(new KeyboardEventArgs { Key = key }));
}
