using Deque.AxeCore.Commons;
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
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    private readonly List<string> found = [];

    [Fact]
    public async Task Every_page_can_be_used_by_everybody()
    {
        await using var portal = await TestPortal.StartAsync();
        var seed = await SeedAsync(portal);
        await using var browser = await Browser.StartAsync(portal);
        var page = await browser.SignedInAsync();

        // Some pages are support's alone, and the operator is sent away from them.
        var support = await browser.SignedInAsync(email: "support@example.com");
        var paths = await PageAddresses.ForThoseInsideAsync(portal, seed);
        Assert.True(paths.Count > 55, $"{paths.Count} pages");
        foreach (var path in paths)
            await LookAsync(path is "/support-access" ? support : page, new Uri(portal.Url, path), isNothing: path is "/nothing-here");

        await OpenOverlaysAsync(page, portal, seed);
        await OpenTerminalAsync(page, portal, seed);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public async Task And_those_before_the_sign_in()
    {
        await using (var portal = await TestPortal.StartAsync(settings: ["--Accounts:SignUp=Open", .. TestPortal.LettersThatStay]))
        {
            await SeedAsync(portal);
            await using var browser = await Browser.StartAsync(portal);
            var page = await browser.OpenAsync();
            Assert.True(PageAddresses.ForEverybody.Count > 8, $"{PageAddresses.ForEverybody.Count} pages");
            foreach (var path in PageAddresses.ForEverybody)
                await LookAsync(page, new Uri(portal.Url, path), isNothing: path is "/not-found");

            // The forms behind a link of a letter, and the second question of a sign-in.
            foreach (var path in (string[])[AccountPaths.Reset, AccountPaths.Confirm])
                await LookAsync(page, new Uri(portal.Url, $"{path}?#token"));
            await page.GotoAsync(new Uri(portal.Url, $"{AccountPaths.Invitation}#{await portal.TokenInMailAsync("accounting@example.com")}").ToString());
            await page.GetByLabel("Choose a password").WaitForAsync();
            await LookAsync(page, "an invitation");
            await page.GotoAsync(new Uri(portal.Url, AccountPaths.SignIn).ToString());
            await page.GetByLabel("E-mail").FillAsync("admin@example.com");
            await page.GetByLabel("Password").FillAsync(TestPortal.Password);
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
            await page.GetByLabel("Code", new() { Exact = true }).WaitForAsync();
            await LookAsync(page, "the second factor");
        }

        await using (var portal = await TestPortal.StartAsync(hasOperator: false))
        await using (var browser = await Browser.StartAsync(portal))
            await LookAsync(await browser.OpenAsync(), new Uri(portal.Url, AccountPaths.Welcome));

        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    private static async Task<PortalSeed> SeedAsync(TestPortal portal)
    {
        PortalSeed.Teach(portal.Agent);
        var seed = new PortalSeed(portal.Services);
        await seed.RunAsync();
        return seed;
    }

    private async Task OpenOverlaysAsync(IPage page, TestPortal portal, PortalSeed seed)
    {
        await page.GotoAsync(new Uri(portal.Url, $"/sites/{seed.Site}").ToString());

        // By clicks: keys are heard once the page's script is there, which nothing on it shows.
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the dock" }).ClickAsync();
        await page.Locator(".dock .inside:not([hidden])").WaitForAsync();
        await LookAsync(page, "the dock");
        await page.Locator("button.find").ClickAsync();
        await page.Locator(".palette").WaitForAsync();
        await LookAsync(page, "the palette");
        await page.Keyboard.PressAsync("Escape");
        await page.GotoAsync(new Uri(portal.Url, "/sites").ToString());
        await page.Locator("tbody td.named").First.ClickAsync(new() { Button = MouseButton.Right });
        await page.Locator("[role=menu]").WaitForAsync();
        await LookAsync(page, "a menu");
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keyboard shortcuts" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await LookAsync(page, "the list of shortcuts");
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
        await LookAsync(page, "a terminal");
        await page.EvaluateAsync("""
            () => {
              const data = new DataTransfer();
              data.setData("text/plain", "echo first\necho second\n");
              document.querySelector(".terminal [data-screen]").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """);
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await LookAsync(page, "the question before something is pasted");
    }

    private async Task LookAsync(IPage page, Uri address, bool isNothing = false)
    {
        await page.GotoAsync(address.ToString());
        await page.Locator("h1, h2").First.WaitForAsync();

        // What stands in for the page while it reads is not what is looked at.
        await page.WaitForFunctionAsync("() => !document.querySelector('.content .skeleton')");

        // Another page, or one that says that there is nothing, would be looked at in its place.
        var text = await page.InnerTextAsync("body");
        if (new Uri(page.Url).AbsolutePath != address.AbsolutePath)
            found.Add($"{address.AbsolutePath} is not shown, but {page.Url}");
        else if (!isNothing && (text.Contains(Error.NotFound.Message, StringComparison.Ordinal) || text.Contains("There is no page at this address", StringComparison.Ordinal)))
            found.Add($"{address.AbsolutePath} has nothing to show");

        await LookAsync(page, address.PathAndQuery);
    }

    // What is there, in both themes, and as wide as a phone. A theme is colours and nothing else: in the second one the rules for them are enough.
    private async Task LookAsync(IPage page, string where)
    {
        await RunAsync(page, $"{where} (light)");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await RunAsync(page, $"{where} (dark)", "color-contrast", "link-in-text-block");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(390, 844);
        await RunAsync(page, $"{where} (390 px)");
        await page.SetViewportSizeAsync(1440, 900);
    }

    // All rules that axe has on by itself. Run in the page, which has no frames: the package's own way opens a page more for each result, and took a third of an hour.
    private async Task RunAsync(IPage page, string where, params string[] rules)
    {
        if (!await page.EvaluateAsync<bool>("() => !!window.axe"))
            await page.EvaluateAsync(Axe);
        found.AddRange((await page.EvaluateAsync<string[]>("""
            async rules => (await axe.run(document, { resultTypes: ["violations"], ...(rules.length ? { runOnly: { type: "rule", values: rules } } : {}) })).violations
              .filter(violation => violation.impact === "serious" || violation.impact === "critical")
              .map(violation => `${violation.id}: ${violation.nodes.slice(0, 4).map(node => node.html).join(" | ")}`)
            """, rules)).Select(violation => $"{where}: {violation}"));
    }
}
