using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Tests.EndToEnd;
using Microsoft.Playwright;

namespace FrappeHybrid.Tests.Measure.Consoles;

/// <summary>A page of a real browser with the probe in it.</summary>
internal sealed class MeasuredPage : IAsyncDisposable
{
    private readonly IPlaywright driver;
    private readonly IBrowser browser;
    private readonly IPage page;

    private MeasuredPage(IPlaywright driver, IBrowser browser, IPage page) => (this.driver, this.browser, this.page) = (driver, browser, page);

    public static async Task<MeasuredPage> OpenAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var chromium = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"] });
        var opened = await chromium.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        opened.SetDefaultTimeout(120_000);
        await opened.AddInitScriptAsync(scriptPath: Path.Combine(Repository.Root, "FrappeHybrid.Tests", "Measure", "Consoles", "probe.js"));
        return new MeasuredPage(playwright, chromium, opened);
    }

    public async Task SignInAsync(Uri portal)
    {
        await page.GotoAsync(new Uri(portal, "account/sign-in").ToString());
        await page.GetByLabel("E-mail").FillAsync(ConsoleMeasure.Email);
        await page.GetByLabel("Password").FillAsync(ConsoleMeasure.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Overview" }).WaitForAsync();
    }

    /// <summary>A page with nothing in it.</summary>
    public Task EmptyAsync() => page.GotoAsync("data:text/html,<title>Empty</title>");

    /// <summary>A console, as soon as it shows a line.</summary>
    public async Task WatchAsync(Uri console)
    {
        await page.GotoAsync(console.ToString());
        await page.Locator(".screen .row:visible", new() { HasText = "w " }).First.WaitForAsync();
    }

    /// <summary>What is seen during the work.</summary>
    public async Task<Seen> SeeAsync(TimeSpan warm, Func<Task> work)
    {
        await Task.Delay(warm);
        var heap = await HeapAsync();
        await page.EvaluateAsync("probe.reset()");
        var clock = Stopwatch.StartNew();
        await work();
        using var document = JsonDocument.Parse(await page.EvaluateAsync<string>("JSON.stringify(probe)"));
        var (probe, seconds) = (document.RootElement, clock.Elapsed.TotalSeconds);
        var painted = new Latencies();
        foreach (var each in probe.GetProperty("painted").EnumerateObject())
            painted.Add(double.Parse(each.Name, CultureInfo.InvariantCulture), each.Value.GetInt64());
        return new Seen(seconds, Value("lines"), Value("lost"), Value("doubled"), Value("skipped"), Value("longest"), Value("over"), Value("frames"), heap, await HeapAsync(), painted);

        double Value(string name) => probe.GetProperty(name).GetDouble();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        driver.Dispose();
    }

    private async Task<double> HeapAsync() => await page.EvaluateAsync<double>("performance.memory.usedJSHeapSize") / 1e6;
}
