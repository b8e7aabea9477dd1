using Deque.AxeCore.Playwright;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.Playwright;
using Xunit;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>Every page there is, in both themes and once as wide as a phone, looked over by axe: nothing serious, nothing critical.</summary>
[Trait("Category", "EndToEnd")]
public sealed class AxeTests
{
    private readonly List<string> found = [];

    public static TheoryData<ColorScheme, int> Looks => new() { { ColorScheme.Light, 1440 }, { ColorScheme.Dark, 1440 }, { ColorScheme.Light, 390 } };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task Every_page_can_be_used_by_everybody(ColorScheme theme, int width)
    {
        await using var portal = await TestPortal.StartAsync();
        var seed = await SeedAsync(portal);
        await using var browser = await Browser.StartAsync(portal);
        var page = await browser.SignedInAsync(theme, width, HeightOf(width));
        var paths = await PageAddresses.ForThoseInsideAsync(portal, seed);
        Assert.True(paths.Count > 55, $"{paths.Count} pages");
        foreach (var path in paths)
            await LookAsync(page, new Uri(portal.Url, path), isNothing: path is "/nothing-here");

        await OpenOverlaysAsync(page, portal, seed);
        await OpenTerminalAsync(page, portal, seed);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task And_those_before_the_sign_in(ColorScheme theme, int width)
    {
        await using (var portal = await TestPortal.StartAsync(settings: ["--Accounts:SignUp=Open", .. TestPortal.LettersThatStay]))
        {
            await SeedAsync(portal);
            await using var browser = await Browser.StartAsync(portal);
            var page = await browser.OpenAsync(theme, width, HeightOf(width));
            Assert.True(PageAddresses.ForEverybody.Count > 8, $"{PageAddresses.ForEverybody.Count} pages");
            foreach (var path in PageAddresses.ForEverybody)
                await LookAsync(page, new Uri(portal.Url, path), isNothing: path is "/not-found");

            // The forms behind a link of a letter, and the second question of a sign-in.
            foreach (var path in (string[])[AccountPaths.Reset, AccountPaths.Confirm])
                await LookAsync(page, new Uri(portal.Url, $"{path}#token"));
            await LookAsync(page, new Uri(portal.Url, $"{AccountPaths.Invitation}#{await portal.TokenInMailAsync("accounting@example.com")}"));
            await page.GetByLabel("Choose a password").WaitForAsync();
            await RunAsync(page, "an invitation");
            await page.GotoAsync(new Uri(portal.Url, AccountPaths.SignIn).ToString());
            await page.GetByLabel("E-mail").FillAsync("admin@example.com");
            await page.GetByLabel("Password").FillAsync(TestPortal.Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
            await page.GetByLabel("Code", new() { Exact = true }).WaitForAsync();
            await RunAsync(page, "the second factor");
        }

        await using (var portal = await TestPortal.StartAsync(hasOperator: false))
        await using (var browser = await Browser.StartAsync(portal))
            await LookAsync(await browser.OpenAsync(theme, width, HeightOf(width)), new Uri(portal.Url, AccountPaths.Welcome));

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static async Task<PortalSeed> SeedAsync(TestPortal portal)
    {
        PortalSeed.Teach(portal.Agent);
        var seed = new PortalSeed(portal.Services);
        await seed.RunAsync();
        return seed;
    }

    private static int HeightOf(int width) => width < 600 ? 844 : 900;

    private async Task OpenOverlaysAsync(IPage page, TestPortal portal, PortalSeed seed)
    {
        await page.GotoAsync(new Uri(portal.Url, $"/sites/{seed.Site}").ToString());
        await page.Locator("h1").First.WaitForAsync();
        await page.Keyboard.PressAsync("Control+j");
        await page.Locator(".dock .inside:not([hidden])").WaitForAsync();
        await RunAsync(page, "the dock");
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator(".palette").WaitForAsync();
        await RunAsync(page, "the palette");
        await page.Keyboard.PressAsync("Escape");
        await page.GotoAsync(new Uri(portal.Url, "/sites").ToString());
        await page.Locator("tbody td.named").First.ClickAsync(new() { Button = MouseButton.Right });
        await page.Locator("[role=menu]").WaitForAsync();
        await RunAsync(page, "a menu");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await RunAsync(page, "the list of shortcuts");
    }

    private async Task OpenTerminalAsync(IPage page, TestPortal portal, PortalSeed seed)
    {
        await page.GotoAsync(new Uri(portal.Url, $"/benches/{seed.Bench}/terminal/backend").ToString());
        await page.GetByLabel("What for").FillAsync("A look at the folder");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open terminal" }).ClickAsync();
        await page.Locator(".terminal [data-word]").GetByText("Live").WaitForAsync();
        using var shell = await portal.Agent.Terminals.Reader.ReadAsync(TestContext.Current.CancellationToken);
        await shell.PrintAsync("frappe@8f1c2d:~/frappe-bench$ ");
        await page.Locator(".xterm-rows").GetByText("frappe-bench").WaitForAsync();
        await RunAsync(page, "a terminal");
        await page.EvaluateAsync("""
            () => {
              const data = new DataTransfer();
              data.setData("text/plain", "echo first\necho second\n");
              document.querySelector(".terminal [data-screen]").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """);
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await RunAsync(page, "the question before something is pasted");
    }

    private async Task LookAsync(IPage page, Uri address, bool isNothing = false)
    {
        await page.GotoAsync(address.ToString());
        await page.Locator("h1, h2").First.WaitForAsync();

        // What stands in for the page while it reads is not what is looked at.
        await page.WaitForFunctionAsync("() => !document.querySelector('.content .skeleton')");

        // A page that says that there is nothing, or another page, would be looked at in its place.
        if (!isNothing)
        {
            Assert.Equal(address.AbsolutePath, new Uri(page.Url).AbsolutePath);
            Assert.DoesNotContain(Error.NotFound.Message, await page.InnerTextAsync("body"), StringComparison.Ordinal);
            Assert.DoesNotContain("There is no page at this address", await page.InnerTextAsync("body"), StringComparison.Ordinal);
        }

        await RunAsync(page, address.PathAndQuery);
    }

    private async Task RunAsync(IPage page, string where)
    {
        var result = await page.RunAxe();
        found.AddRange(result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{where}: {violation.Id}: {string.Join(" | ", violation.Nodes.Take(4).Select(node => node.Html))}"));
    }
}
