using System.Globalization;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.Playwright;
using Xunit;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>The console in a real browser: follows until somebody scrolls up, shows what is filtered, finds its way back to a line, reads back as far as the log goes.</summary>
[Trait("Category", "EndToEnd")]
public sealed class ConsoleTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 20, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_console_follows_filters_searches_links_and_goes_back()
    {
        await using var portal = await TestPortal.StartAsync();
        PortalSeed.Teach(portal.Agent);
        var seed = new PortalSeed(portal.Services);
        await seed.RunAsync();
        portal.Agent.Sources["service:main:backend"] = [.. Lines(0, 3_000)];
        using var driver = await Playwright.CreateAsync();
        await using var browser = await driver.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-gpu"] });
        var context = await browser.NewContextAsync(new() { Permissions = ["clipboard-read", "clipboard-write"], ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        List<string> faults = [];
        page.PageError += (_, fault) => faults.Add(fault);
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                faults.Add(message.Text);
        };
        await SignInAsync(page, portal);
        var address = new Uri(portal.Url, $"benches/{seed.Bench}/console/backend").ToString();
        await page.GotoAsync(address);

        // The last thousand at once, at their end; what comes is followed.
        var screen = page.Locator(".console .screen");
        await Row(page, "line 2999 ").WaitForAsync();
        portal.Agent.WriteTo("service:main:backend", [.. Lines(3_000, 50)]);
        await Row(page, "line 3049 ").WaitForAsync();

        // Scrolling up stops it: lines that come are counted, and the place stays.
        await screen.HoverAsync();
        await page.Mouse.WheelAsync(0, -3_000);
        var pill = page.Locator("[data-pill]");
        await Assertions.Expect(pill).ToBeVisibleAsync();
        var place = await screen.EvaluateAsync<double>("each => each.scrollTop");
        portal.Agent.WriteTo("service:main:backend", [.. Lines(3_050, 25)]);
        await Assertions.Expect(pill).ToHaveTextAsync("25 new lines");
        Assert.Equal(place, await screen.EvaluateAsync<double>("each => each.scrollTop"));
        await screen.FocusAsync();
        await page.Keyboard.PressAsync("End");
        await Row(page, "line 3074 ").WaitForAsync();
        await Assertions.Expect(pill).ToBeHiddenAsync();

        // The past, page by page, down to where the log begins.
        while (await Row(page, "The log begins here.").CountAsync() == 0)
        {
            await screen.EvaluateAsync("each => { each.scrollTop = 0; }");
            await page.EvaluateAsync("() => new Promise(requestAnimationFrame)");
        }

        await screen.EvaluateAsync("each => { each.scrollTop = 0; }");
        await Row(page, "line 0 ").WaitForAsync();

        // A filter by text and level; what is shown can be saved.
        await page.Locator("[data-filter]").FillAsync("line 30");
        await page.Locator("[data-level]").SelectOptionAsync("error");
        await Row(page, "line 3000 ERROR").WaitForAsync();
        var saving = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-act=save]").ClickAsync());
        var saved = await File.ReadAllTextAsync(await saving.PathAsync(), Cancel);
        Assert.Equal("main-backend.log", saving.SuggestedFilename);
        Assert.Equal(
            [.. Enumerable.Range(0, 3_075).Where(number => number % 100 == 0 && Text(number).Contains("line 30", StringComparison.Ordinal)).Select(Text)],
            saved.Split('\n').Where(line => line.StartsWith("line ", StringComparison.Ordinal)).ToArray());
        await page.Locator("[data-filter]").FillAsync("");
        await page.Locator("[data-level]").SelectOptionAsync("");

        // A search, and a link to what it found, which another visit opens in its surroundings.
        await page.Locator("[data-search]").FillAsync("line 777 ");
        await Assertions.Expect(page.Locator("[data-count]")).ToHaveTextAsync("1 of 1");
        await Assertions.Expect(page.Locator(".row.chosen .hit")).ToHaveTextAsync("line 777 ");
        await page.Locator("[data-act=link]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-said]")).ToHaveTextAsync("Link copied");
        var link = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.StartsWith(address + "#line=", link, StringComparison.Ordinal);
        var other = await context.NewPageAsync();
        other.PageError += (_, fault) => faults.Add(fault);
        await other.GotoAsync(link);
        await Assertions.Expect(other.Locator(".row.chosen .what")).ToHaveTextAsync(Text(777));
        await Row(other, "line 776 ").WaitForAsync();
        await Row(other, "line 778 ").WaitForAsync();

        // The whole log is searched on the server, and a line that was found is shown.
        await other.Locator("[data-act=past]").ClickAsync();
        await other.Locator("[data-text]").FillAsync("LINE 42 ");
        await other.Locator(".past button[type=submit]").ClickAsync();
        await other.Locator("[data-found] button").ClickAsync();
        await Assertions.Expect(other.Locator(".row.chosen .what")).ToHaveTextAsync(Text(42));
        var download = await other.RunAndWaitForDownloadAsync(() => other.Locator("[data-past] [data-save]").ClickAsync());
        var all = await File.ReadAllLinesAsync(await download.PathAsync(), Cancel);
        Assert.Equal(3_075, all.Length);
        Assert.Equal("2026-11-21T20:00:00.000000Z line 0 ERROR of the service", all[0]);
        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_console_survives_the_portal_being_out_of_reach_without_a_line_lost_or_twice()
    {
        await using var portal = await TestPortal.StartAsync();
        PortalSeed.Teach(portal.Agent);
        var seed = new PortalSeed(portal.Services);
        await seed.RunAsync();
        portal.Agent.Sources["service:main:backend"] = [.. Lines(0, 20)];
        using var driver = await Playwright.CreateAsync();
        await using var browser = await driver.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 1200 } });
        page.SetDefaultTimeout(60_000);
        await SignInAsync(page, portal);
        await page.GotoAsync(new Uri(portal.Url, $"benches/{seed.Bench}/console/backend").ToString());
        await Row(page, "line 19 ").WaitForAsync();

        portal.Agent.Break();
        portal.Agent.WriteTo("service:main:backend", [.. Lines(20, 10)]);
        await Row(page, "Connected again.").WaitForAsync();
        await Row(page, "line 29 ").WaitForAsync();

        var texts = await page.Locator(".screen .row:visible:not(.notice) .what").AllInnerTextsAsync();
        Assert.Equal(Enumerable.Range(0, 30).Select(Text).Order(StringComparer.Ordinal), texts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_window_of_its_own_stays_and_what_somebody_likes_follows_them_to_another_browser()
    {
        await using var portal = await TestPortal.StartAsync();
        PortalSeed.Teach(portal.Agent);
        var seed = new PortalSeed(portal.Services);
        await seed.RunAsync();
        portal.Agent.Sources["service:main:backend"] = [.. Lines(0, 20)];
        using var driver = await Playwright.CreateAsync();
        await using var browser = await driver.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-gpu"] });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        page.SetDefaultTimeout(60_000);
        await SignInAsync(page, portal);
        await page.Clock.InstallAsync();
        await page.GotoAsync(new Uri(portal.Url, $"servers/{seed.Active}/console/service:main:backend/window").ToString());
        await Row(page, "line 19 ").WaitForAsync();

        // It was loaded anew every quarter of a minute once.
        await page.EvaluateAsync("window.isSame = true");
        await page.Clock.FastForwardAsync(60_000);
        portal.Agent.WriteTo("service:main:backend", [.. Lines(20, 1)]);
        await Row(page, "line 20 ").WaitForAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.isSame === true"));

        await page.Locator("[data-act=wrap]").ClickAsync();
        await page.Locator("[data-act=times]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-act=times]")).ToHaveTextAsync("Local time");
        var other = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        other.SetDefaultTimeout(60_000);
        await SignInAsync(other, portal);
        await other.GotoAsync(page.Url);
        for (var tries = 0; tries < 10 && await other.Locator("[data-act=times]").TextContentAsync() != "Local time"; tries++)
        {
            // It may have been opened before that was kept.
            await other.ReloadAsync();
            await Row(other, "line 20 ").WaitForAsync();
        }

        await Assertions.Expect(other.Locator("[data-act=times]")).ToHaveTextAsync("Local time");
        await Assertions.Expect(other.Locator("[data-act=wrap]")).ToHaveAttributeAsync("aria-pressed", "false");
    }

    private static async Task SignInAsync(IPage page, TestPortal portal)
    {
        await page.GotoAsync(new Uri(portal.Url, "account/sign-in").ToString());
        await page.GetByLabel("E-mail").FillAsync(TestPortal.Email);
        await page.GetByLabel("Password").FillAsync(TestPortal.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
    }

    private static ILocator Row(IPage page, string text) => page.Locator(".screen .row:visible", new() { HasText = text }).First;

    private static string Text(int number) => string.Create(CultureInfo.InvariantCulture, $"line {number} {(number % 100 == 0 ? "ERROR" : "INFO")} of the service");

    private static IEnumerable<LogLine> Lines(int from, int count) => Enumerable.Range(from, count).Select(number => new LogLine(Start.AddMilliseconds(number * 10), Text(number), false));
}
