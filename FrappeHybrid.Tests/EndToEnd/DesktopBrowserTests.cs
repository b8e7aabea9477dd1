using System.Text.RegularExpressions;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>What only a real browser shows of the desktop: keys, focus, tabs over a reload, a connection that breaks.</summary>
[Trait("Category", "EndToEnd")]
public sealed class DesktopBrowserTests : IAsyncLifetime
{
    private TestPortal portal = null!;
    private Browser browser = null!;
    private PortalSeed seed = null!;

    public async ValueTask InitializeAsync()
    {
        portal = await TestPortal.StartAsync();
        PortalSeed.Teach(portal.Agent);
        seed = new PortalSeed(portal.Services);
        await seed.RunAsync();
        browser = await Browser.StartAsync(portal);
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        await portal.DisposeAsync();
    }

    [Fact]
    public async Task The_keyboard_alone_finds_a_site_and_gives_the_focus_back()
    {
        var page = await browser.SignedInAsync();
        await page.Locator(".tree .node").First.WaitForAsync();
        await page.Keyboard.PressAsync("e");
        await Assertions.Expect(page.Locator("#explorer-filter")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("bakery.");
        await Assertions.Expect(page.Locator(".tree .node .name").Last).ToHaveTextAsync("bakery.sites.example.com");
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.Locator(".palette input")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#explorer-filter")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator(".tree")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(page.Locator(".tree .node.at .name")).ToHaveTextAsync("bakery.sites.example.com");
        await page.Keyboard.PressAsync("Shift+F10");
        await Assertions.Expect(page.GetByRole(AriaRole.Menuitem, new() { Name = "Open", Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".tree")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("bakery.sites.example.com");

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("i");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Sites");
        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" }).WaitForAsync();
    }

    [Fact]
    public async Task Keys_pressed_before_the_palette_is_there_are_its_own()
    {
        var page = await browser.SignedInAsync();
        await page.Locator(".tree .node").First.WaitForAsync();
        await page.EvaluateAsync("""
            () => { for (const [key, ctrlKey] of [["k", true], ["s", false], ["i", false], ["t", false], ["e", false], ["s", false], ["Enter", false]])
              document.body.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true, cancelable: true })); }
            """);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Sites");
        await Assertions.Expect(page.Locator(".palette")).ToHaveCountAsync(0);

        await page.EvaluateAsync("""
            () => {
              new MutationObserver((_, observer) => { if (document.querySelector(".palette")) { window.wasOpen = true; observer.disconnect(); } }).observe(document.body, { subtree: true, childList: true });
              for (const [key, ctrlKey] of [["k", true], ["Escape", false]])
              document.body.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, bubbles: true, cancelable: true }));
            }
            """);
        await page.WaitForFunctionAsync("() => window.wasOpen && !document.querySelector('.palette')");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Jobs");
        await Assertions.Expect(page.Locator(".palette")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_console_in_the_dock_streams_on_while_pages_change_and_goes_into_a_window()
    {
        var page = await browser.SignedInAsync();
        await browser.GoAsync(page, $"/benches/{seed.Bench}/console/backend");
        await page.GetByTitle("Keep it running in the dock").ClickAsync();
        var screen = page.Locator(".dock .console .screen");
        await page.Locator(".dock .console [data-word]").GetByText("Live").WaitForAsync();
        foreach (var (keys, title, number) in new[] { ("gi", "Sites", 1), ("gj", "Jobs", 2), ("go", "Overview", 3) })
        {
            await page.Locator("h1").FocusAsync();
            foreach (var key in keys)
                await page.Keyboard.PressAsync($"{key}");
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(title);
            portal.Agent.Write(new LogLine(DateTimeOffset.UnixEpoch.AddSeconds(90_000 + number), $"written while on {title}", false));
            await Assertions.Expect(screen).ToContainTextAsync($"written while on {title}");
        }

        // The same stream all the time: nothing of it is missing.
        await Assertions.Expect(screen).ToContainTextAsync("written while on Sites");
        var window = await page.RunAndWaitForPopupAsync(() => page.Locator(".dock header").GetByRole(AriaRole.Link, new() { Name = "Open in a window of its own" }).ClickAsync());
        await Assertions.Expect(window.Locator(".console .screen")).ToContainTextAsync("written while on Overview");
        await Assertions.Expect(window.Locator(".explorer")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Panes_stay_as_they_were_left()
    {
        var page = await browser.SignedInAsync();
        var bar = page.Locator("[data-splitter=explorer]");
        await Assertions.Expect(bar).ToHaveAttributeAsync("aria-valuenow", "272");
        await bar.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(bar).ToHaveAttributeAsync("aria-valuenow", "304");
        await page.Keyboard.PressAsync("Control+j");
        await Assertions.Expect(page.Locator(".dock .inside")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(bar).ToHaveAttributeAsync("aria-valuenow", "304");
        await Assertions.Expect(page.Locator(".dock .inside")).ToBeVisibleAsync();
        Assert.Equal(304, (await page.Locator("aside.explorer").BoundingBoxAsync())!.Width, 1.0);
        await page.Keyboard.PressAsync("Control+b");
        await Assertions.Expect(page.Locator("aside.explorer")).ToBeHiddenAsync();
        await page.ReloadAsync();
        await page.Locator("h1").WaitForAsync();
        await Assertions.Expect(page.Locator("aside.explorer")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Of_hundreds_of_rows_the_one_in_sight_is_never_missing()
    {
        await using (var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(TestContext.Current.CancellationToken))
            await LargeEstate.AddAsync(db, TimeProvider.System, 700);
        var page = await browser.SignedInAsync();
        await browser.GoAsync(page, "/sites");
        var rows = page.Locator(".grid tbody tr[role=row]");
        await rows.First.WaitForAsync();
        var all = int.Parse((await page.Locator(".grid").GetAttributeAsync("aria-rowcount"))!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(all > 600, $"{all} rows");
        await page.Locator(".grid").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(page.Locator($".grid tr.at[aria-rowindex='{all}']")).ToBeInViewportAsync();
        Assert.True(await rows.CountAsync() < 150, $"{await rows.CountAsync()} rows are drawn");
        foreach (var (share, index) in new[] { (0.0, 2), (0.5, all / 2), (1.0, all), (0.0, 2) })
        {
            await page.Locator(".grid-box").EvaluateAsync("(box, share) => { box.scrollTop = share * (box.scrollHeight - box.clientHeight); }", share);
            await Assertions.Expect(page.Locator($".grid tr[aria-rowindex='{index}']")).ToBeInViewportAsync();
        }
    }

    [Fact]
    public async Task On_a_phone_lists_are_cards_and_no_page_is_wider_than_the_screen()
    {
        var page = await browser.SignedInAsync(width: 390, height: 844);
        foreach (var path in (string[])["/", "/servers", "/benches", "/sites", "/jobs", "/activity", "/people", $"/jobs?job={seed.FailedJob}", $"/benches/{seed.Bench}", $"/sites/{seed.Site}", $"/servers/{seed.Active}"])
        {
            await browser.GoAsync(page, path);
            await page.Locator(".content .skeleton").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            if (path is "/servers" or "/benches" or "/sites" or "/jobs" or "/people")
            {
                var row = page.Locator(".grid tbody tr[role=row]").First;
                await Assertions.Expect(row).ToHaveCSSAsync("display", "grid");
                await Assertions.Expect(page.Locator(".grid thead")).ToBeHiddenAsync();
            }

            var over = await page.EvaluateAsync<string[]>("""
                () => [document.documentElement, document.querySelector(".content"), ...document.querySelectorAll(".grid-box, .split, .panel")]
                  .filter(box => box && box.scrollWidth > box.clientWidth + 1).map(box => `${box.tagName}.${box.className} ${box.scrollWidth} > ${box.clientWidth}`)
                """);
            Assert.True(over.Length == 0, $"{path}: {string.Join(", ", over)}");
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Explorer", Exact = true }).ClickAsync();
        await page.Locator(".explorer").GetByText("shop.sites.example.com", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("shop.sites.example.com");
        await Assertions.Expect(page.Locator("aside.explorer")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_click_previews_two_keep_and_a_reload_brings_the_tabs_back()
    {
        var page = await browser.SignedInAsync();
        await page.Locator(".explorer").GetByText("shop.sites.example.com", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".tab.preview")).ToContainTextAsync("shop.sites.example.com");
        await page.Locator(".explorer").GetByText("books.sites.example.com", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".tab.preview")).ToContainTextAsync("books.sites.example.com");
        await Assertions.Expect(page.Locator(".tab")).ToHaveCountAsync(2);
        await page.Locator(".explorer").GetByText("books.sites.example.com", new() { Exact = true }).DblClickAsync();
        await Assertions.Expect(page.Locator(".tab.preview")).ToHaveCountAsync(0);
        await page.Locator(".explorer").GetByText("clinic.sites.example.com", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".tab")).ToHaveCountAsync(3);

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".tab")).ToHaveTextAsync(["Overview", "books.sites.example.com", "clinic.sites.example.com"], new() { UseInnerText = true });
        await Assertions.Expect(page.Locator(".tab.preview")).ToHaveCountAsync(1);
        await page.Locator(".tab", new() { HasText = "books" }).ClickAsync(new() { Button = MouseButton.Middle });
        await Assertions.Expect(page.Locator(".tab")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task What_was_typed_comes_back_when_the_page_must_be_loaded_again()
    {
        var page = await browser.SignedInAsync();
        await browser.GoAsync(page, "/servers/new");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("a-name-that-was-typed");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Address" }).FillAsync("203.0.113.77");

        // As Blazor says that the portal does not know this page's circuit any more.
        await page.EvaluateAsync("() => { window.before = true; document.getElementById('components-reconnect-modal').classList.add('components-reconnect-rejected'); }");
        await page.WaitForFunctionAsync("() => !window.before");
        await Assertions.Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("a-name-that-was-typed");
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Address" })).ToHaveValueAsync("203.0.113.77");
    }

    [Fact]
    public async Task A_connection_that_breaks_leaves_the_page_readable_and_comes_back_by_itself()
    {
        var page = await browser.SignedInAsync();
        var sockets = new List<IWebSocketRoute>();
        await page.RouteWebSocketAsync(url => url.Contains("_blazor", StringComparison.Ordinal), socket =>
        {
            socket.ConnectToServer();
            sockets.Add(socket);
        });
        await browser.GoAsync(page, "/sites");
        await page.Context.SetOfflineAsync(true);
        await sockets[^1].CloseAsync();
        await Assertions.Expect(page.Locator(".reconnect")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator(".reconnect")).ToBeHiddenAsync();
        await page.Locator(".explorer nav a", new() { HasText = "Jobs" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Jobs");
    }

    [Fact]
    public async Task Exact_times_are_the_viewers_own_or_UTC()
    {
        var page = await browser.SignedInAsync();
        await browser.GoAsync(page, "/sites");
        var zone = page.Locator(".status .zone");
        await Assertions.Expect(zone).ToHaveTextAsync("Europe/Berlin");
        await Assertions.Expect(page.Locator("tbody time").First).ToHaveAttributeAsync("title", InZone("Europe/Berlin"));
        await zone.ClickAsync();
        await Assertions.Expect(zone).ToHaveTextAsync("UTC");
        await Assertions.Expect(page.Locator("tbody time").First).ToHaveAttributeAsync("title", InZone("UTC"));
        await page.ReloadAsync();
        await Assertions.Expect(zone).ToHaveTextAsync("UTC");
    }

    [Fact]
    public async Task The_list_and_the_details_share_the_page_as_they_were_left()
    {
        var page = await browser.SignedInAsync();
        await browser.GoAsync(page, $"/jobs?job={seed.FailedJob}");
        await page.Locator(".second button.step").First.WaitForAsync();
        await Assertions.Expect(page.Locator(".split > .bar")).ToHaveAttributeAsync("aria-valuemin", "25");
        await page.Locator(".split > .bar").FocusAsync();
        for (var step = 0; step < 5; step++)
            await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.Locator(".split > .bar")).ToHaveAttributeAsync("aria-valuenow", "40");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".split > .bar")).ToHaveAttributeAsync("aria-valuenow", "40");

        // And by the pointer, at any place of it.
        var bar = (await page.Locator(".split > .bar").BoundingBoxAsync())!;
        Assert.True(bar.Height > 300, $"the border is {bar.Height} px high");
        await page.Mouse.MoveAsync(bar.X + 4, bar.Y + bar.Height - 20);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(bar.X + 120, bar.Y + bar.Height - 20);
        await page.Mouse.UpAsync();
        await Assertions.Expect(page.Locator(".split > .bar")).Not.ToHaveAttributeAsync("aria-valuenow", "40");
        await page.GetByRole(AriaRole.Link, new() { Name = "Close the details" }).ClickAsync();
        await Assertions.Expect(page.Locator(".second")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_desktop_says_nothing_wrong_to_the_browsers_console()
    {
        var page = await browser.SignedInAsync();
        foreach (var path in (string[])["/servers", "/benches", "/sites", "/jobs", "/activity"])
            await browser.GoAsync(page, path);
        Assert.DoesNotContain(browser.Messages, message => message.StartsWith("error", StringComparison.Ordinal));
    }

    private static Regex InZone(string zone) => new(Regex.Escape(zone), RegexOptions.None, TimeSpan.FromSeconds(1));
}
