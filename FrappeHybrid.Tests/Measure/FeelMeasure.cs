using System.Globalization;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Tests.EndToEnd;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace FrappeHybrid.Tests.Measure;

/// <summary>
/// How the desktop feels with 5,000 servers, benches and sites in it, in a real browser on loopback: from asking for a page to its content on the screen, from Ctrl+K to the
/// palette on the screen, frames a second while the whole tree is scrolled through, and the first page of somebody signed in whose browser has nothing in its cache.
/// Three rounds; the median of all values, and of each page. Beside it: the frames a second of an empty page, which is all that this machine can show.
/// </summary>
internal static class FeelMeasure
{
    private const int Nodes = 5000;
    private const int Rounds = 3;

    // Everything is seen by the page's own clock, one frame after it is in the document.
    private const string Painted =
        """
        () => {
          window.painted = (begin, isThere) => new Promise(resolve => {
            const start = performance.now();
            begin();
            const look = () => { if (isThere()) requestAnimationFrame(() => resolve(performance.now() - start)); else requestAnimationFrame(look); };
            requestAnimationFrame(look);
          });
        }
        """;

    private const string FirstPage =
        """
        new MutationObserver((_, observer) => {
          if (!document.querySelector(".tree .node") || !document.querySelector("h1") || document.querySelector(".content .skeleton")) return;
          observer.disconnect();
          requestAnimationFrame(() => { window.firstPage ??= performance.now(); });
        }).observe(document, { subtree: true, childList: true });
        """;

    private const string Switch =
        """
        path => {
          const before = document.querySelector("h1")?.textContent;
          return window.painted(() => Blazor.navigateTo(path), () => location.pathname === path && document.querySelector("h1") && document.querySelector("h1").textContent !== before && !document.querySelector(".content .skeleton")
            && (!document.querySelector(".content .grid") || document.querySelector(".content .grid tbody tr[role=row]")));
        }
        """;

    private const string OpenPalette =
        """() => window.painted(() => document.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, bubbles: true })), () => document.querySelector(".palette li"))""";

    private const string Empty =
        """
        () => new Promise(resolve => {
          const start = performance.now();
          let frames = 0;
          const step = () => { frames++; if (performance.now() - start < 2000) requestAnimationFrame(step); else resolve(frames * 1000 / (performance.now() - start)); };
          requestAnimationFrame(step);
        })
        """;

    private const string Find =
        """
        text => {
          const field = document.querySelector(".palette input");
          return window.painted(() => { field.value = text; field.dispatchEvent(new Event("input", { bubbles: true })); }, () => document.querySelector(".palette li.here .where")?.textContent.includes("server-04"));
        }
        """;

    private const string Scroll =
        """
        () => new Promise(resolve => {
          const tree = document.querySelector(".tree");
          tree.scrollTop = 0;
          const start = performance.now();
          let frames = 0, down = true;
          const step = () => {
            frames++;
            tree.scrollTop += down ? 60 : -60;
            if (tree.scrollTop <= 0 || tree.scrollTop + tree.clientHeight >= tree.scrollHeight) down = !down;
            if (performance.now() - start < 4000) requestAnimationFrame(step); else resolve(frames * 1000 / (performance.now() - start));
          };
          requestAnimationFrame(step);
        })
        """;

    public static async Task<int> RunAsync()
    {
        await using var portal = await TestPortal.StartAsync();
        Guid bench, site, server;
        await using (var db = await portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync())
        {
            await LargeEstate.AddAsync(db, TimeProvider.System, Nodes);
            (server, bench, site) = (await db.Servers.Select(each => each.Id).FirstAsync(), await db.Benches.Select(each => each.Id).FirstAsync(), await db.Sites.Select(each => each.Id).FirstAsync());
        }

        await using var browser = await Browser.StartAsync(portal);
        var warm = await browser.SignedInAsync();
        await warm.EvaluateAsync(Painted);
        var cookies = await warm.Context.CookiesAsync();
        string[] paths = ["/servers", $"/servers/{server}", "/benches", $"/benches/{bench}", "/jobs", $"/sites/{site}", "/sites", "/"];
        var (cold, palettes, finds, frames, empty) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var switches = paths.ToDictionary(path => path, _ => new List<double>());
        var blank = await browser.OpenAsync();
        for (var round = 0; round < Rounds; round++)
        {
            cold.Add(await ColdAsync(browser, portal, cookies));
            foreach (var path in paths)
            {
                switches[path].Add(await warm.EvaluateAsync<double>(Switch, path));
            }

            for (var time = 0; time < 5; time++)
            {
                palettes.Add(await warm.EvaluateAsync<double>(OpenPalette));
                finds.Add(await warm.EvaluateAsync<double>(Find, $"s{time} b{time} 04{time}"));
                await warm.Keyboard.PressAsync("Escape");
                await warm.Locator(".palette").WaitForAsync(new() { State = WaitForSelectorState.Detached });
            }

            frames.Add(await warm.EvaluateAsync<double>(Scroll));
            empty.Add(await blank.EvaluateAsync<double>(Empty));
            Say("round", string.Create(CultureInfo.InvariantCulture, $"{round + 1}: first page {cold[^1]:0} ms, tree {frames[^1]:0} frames a second, an empty page {empty[^1]:0}"));
        }

        foreach (var (path, took) in switches)
            Say("page", string.Create(CultureInfo.InvariantCulture, $"{(path.Contains('-', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] + "/…" : path)} {Median(took):0} ms ({string.Join(", ", took.Select(each => $"{each:0}"))})"));
        Say("palette", string.Create(CultureInfo.InvariantCulture, $"letters to results {Median(finds):0} ms"));

        Say("load", $"{(await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0]} on {Environment.ProcessorCount} processors");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{{\"page_switch_ms\":{Median([.. switches.Values.SelectMany(took => took)]):0},\"palette_ms\":{Median(palettes):0},\"tree_fps\":{Median(frames):0},\"cold_page_ms\":{Median(cold):0}}}"));
        return 0;
    }

    private static async Task<double> ColdAsync(Browser browser, TestPortal portal, IReadOnlyList<BrowserContextCookiesResult> cookies)
    {
        var page = await browser.OpenAsync();
        await page.Context.AddCookiesAsync(cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path, HttpOnly = cookie.HttpOnly, Secure = cookie.Secure, SameSite = cookie.SameSite }));
        await page.AddInitScriptAsync(FirstPage);
        await page.GotoAsync(portal.Url.ToString());
        await page.WaitForFunctionAsync("() => window.firstPage");
        var took = await page.EvaluateAsync<double>("() => window.firstPage");
        await page.Context.CloseAsync();
        return took;
    }

    private static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static void Say(string what, string figure) => Console.WriteLine($"{what,-10} {figure}");
}
