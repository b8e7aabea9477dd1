using System.Reflection;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Portal.Components;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>Every page there is, in both themes and once as wide as a phone, looked over by axe: nothing serious, nothing critical.</summary>
[Trait("Category", "EndToEnd")]
public sealed class AxeTests
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Every_page_can_be_used_by_everybody(ColorScheme theme, int width)
    {
        await using var portal = await TestPortal.StartAsync();
        PortalSeed.Teach(portal.Agent);
        var seed = new PortalSeed(portal.Services);
        await seed.RunAsync();
        await using var browser = await Browser.StartAsync(portal);
        var page = await browser.SignedInAsync(theme, width, width < 600 ? 844 : 900);
        var found = new List<string>();
        var paths = await PathsAsync(portal, seed);
        Assert.True(paths.Count > 60, $"{paths.Count} pages");
        foreach (var path in paths)
            found.AddRange(await LookAsync(page, new Uri(portal.Url, path)));

        await OpenOverlaysAsync(page, portal, seed, found);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    // The address of each page, with things in it that there are.
    private static async Task<List<string>> PathsAsync(TestPortal portal, PortalSeed seed)
    {
        await using var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel);
        var things = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["servers"] = $"{seed.Active}",
            ["benches"] = $"{seed.Bench}",
            ["sites"] = $"{seed.Site}",
            ["jobs"] = $"{seed.FailedJob}",
            ["plays"] = $"{seed.FailedPlay}",
            ["teams"] = $"{seed.Team}",
            ["people"] = $"{await db.Users.Select(user => user.Id).FirstAsync(Cancel)}",
            ["webhooks"] = $"{await db.Webhooks.Select(hook => hook.Id).FirstAsync(Cancel)}",
        };
        return [.. typeof(App).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes<RouteAttribute>())
            .Select(route => Fill(route.Template, things))
            .Where(path => path is not ("/welcome" or "/error"))
            .Append($"/servers/{seed.Draft}/setup").Append($"/jobs?job={seed.RunningJob}").Append($"/sites/{seed.BrokenSite}")
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static string Fill(string template, Dictionary<string, string> things)
    {
        var parts = template.Split('/');
        for (var at = 1; at < parts.Length; at++)
        {
            if (parts[at].StartsWith('{'))
                parts[at] = parts[at].Contains("guid", StringComparison.Ordinal) && things.TryGetValue(parts[at - 1], out var thing) ? thing : "backend";
        }

        return string.Join('/', parts);
    }

    private static async Task OpenOverlaysAsync(IPage page, TestPortal portal, PortalSeed seed, List<string> found)
    {
        await page.GotoAsync(new Uri(portal.Url, $"/sites/{seed.Site}").ToString());
        await page.Locator("h1").First.WaitForAsync();
        await page.Keyboard.PressAsync("Control+j");
        await page.Locator(".dock .inside:not([hidden])").WaitForAsync();
        found.AddRange(await RunAsync(page, "the dock"));
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator(".palette").WaitForAsync();
        found.AddRange(await RunAsync(page, "the palette"));
        await page.Keyboard.PressAsync("Escape");
        await page.GotoAsync(new Uri(portal.Url, "/sites").ToString());
        await page.Locator("tbody td.named").First.ClickAsync(new() { Button = MouseButton.Right });
        await page.Locator("[role=menu]").WaitForAsync();
        found.AddRange(await RunAsync(page, "a menu"));
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await page.GetByRole(AriaRole.Dialog).WaitForAsync();
        found.AddRange(await RunAsync(page, "the list of shortcuts"));
    }

    private static async Task<IEnumerable<string>> LookAsync(IPage page, Uri address)
    {
        await page.GotoAsync(address.ToString());
        await page.Locator("h1, h2").First.WaitForAsync();
        // What stands in for the page while it reads is not what is looked at.
        await page.WaitForFunctionAsync("() => !document.querySelector('.content .skeleton')");
        return await RunAsync(page, address.PathAndQuery);
    }

    private static async Task<IEnumerable<string>> RunAsync(IPage page, string where)
    {
        var result = await page.RunAxe();
        return result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{where}: {violation.Id}: {string.Join(" | ", violation.Nodes.Take(4).Select(node => node.Html))}");
    }
}
