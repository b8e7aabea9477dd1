using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.Playwright;
using Xunit;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>
/// What a container writes is shown as text and nothing else: in a real browser, on the real console, through the real hub. Markup does not become markup, an escape
/// sequence neither renames the window, writes the clipboard, makes a link nor asks the terminal anything.
/// </summary>
[Trait("Category", "EndToEnd")]
public sealed class HostileLogTests
{
    private static readonly string[] Hostile =
    [
        "<img src=x onerror=\"window.owned=1\"> <script>window.owned=2</script>",
        "\u001b]0;owned title\u0007after the title",
        "\u001b]2;owned title\u001b\\after the other title",
        "\u001b]52;c;b3duZWQ=\u0007after the clipboard",
        "\u001b]8;;javascript:window.owned=3\u001b\\press me\u001b]8;;\u001b\\ after the link",
        "\u001b[6n\u001b[c\u001b[>c\u001bP+q544e\u001b\\after the questions",
        "\u001b[2J\u001b[3J\u001b[H\u001b[?1049hafter the clearing",
        "\u009d0;owned title\u009cafter eight bits",
        "&lt;b&gt;not bold&lt;/b&gt; </div></body><h1>owned</h1>",
        "\u202eexe.txt after the turn",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_container_writes_stays_text_in_the_browser()
    {
        await using var portal = await TestPortal.StartAsync();
        PortalSeed.Teach(portal.Agent);
        var seed = new PortalSeed(portal.Services);
        await seed.RunAsync();
        using var driver = await Playwright.CreateAsync();
        await using var browser = await driver.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-gpu"] });
        var context = await browser.NewContextAsync(new() { Permissions = ["clipboard-read", "clipboard-write"], ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        List<string> violations = [];
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
                violations.Add(message.Text);
        };
        page.Dialog += (_, dialog) => violations.Add($"dialog: {dialog.Message}");

        await page.GotoAsync(new Uri(portal.Url, "account/sign-in").ToString());
        await page.GetByLabel("E-mail").FillAsync(TestPortal.Email);
        await page.GetByLabel("Password").FillAsync(TestPortal.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
        await page.EvaluateAsync("navigator.clipboard.writeText('untouched')");
        await page.GotoAsync(new Uri(portal.Url, $"benches/{seed.Bench}/console/backend").ToString());
        await page.Locator(".console [data-word]").GetByText("Live").WaitForAsync();
        var title = await page.TitleAsync();

        var number = 10_000;
        foreach (var line in Hostile)
            portal.Agent.Write(new LogLine(DateTimeOffset.UnixEpoch.AddSeconds(number++), line, false));
        portal.Agent.Write(new LogLine(DateTimeOffset.UnixEpoch.AddSeconds(number), "the last line", false));
        var screen = page.Locator(".console .screen");
        await Assertions.Expect(screen).ToContainTextAsync("the last line", new() { Timeout = 30_000 });

        var shown = await screen.InnerTextAsync();
        foreach (var text in (string[])["<img src=x", "<script>window.owned=2</script>", "after the title", "after the clipboard", "press me after the link", "after the questions", "after the clearing", "after eight bits", "&lt;b&gt;", "<h1>owned</h1>"])
            Assert.Contains(text, shown.Replace('\u00a0', ' '), StringComparison.Ordinal);
        Assert.Equal(title, await page.TitleAsync());
        Assert.Equal("undefined", await page.EvaluateAsync<string>("typeof window.owned"));
        Assert.Equal("untouched", await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        Assert.Equal(0, await page.Locator("h1", new() { HasText = "owned" }).CountAsync());
        Assert.Equal(0, await page.Locator(".console .screen a, .console .screen img, .console .screen script").CountAsync());
        Assert.Empty(violations);
    }
}
