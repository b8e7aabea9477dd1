using FrappeHybrid.Tests.Portal.Support;
using Microsoft.Playwright;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>A real browser for a portal that runs in this process: signed in, patient, and telling what its console says.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const float Patience = 120_000;
    private readonly IPlaywright playwright;
    private readonly IBrowser chromium;
    private readonly TestPortal portal;

    private Browser(IPlaywright playwright, IBrowser chromium, TestPortal portal)
    {
        this.playwright = playwright;
        this.chromium = chromium;
        this.portal = portal;
    }

    /// <summary>What the consoles of all its pages said, errors of scripts included.</summary>
    public List<string> Messages { get; } = [];

    public static async Task<Browser> StartAsync(TestPortal portal)
    {
        var driver = await Playwright.CreateAsync();
        var started = await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Args = ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
        return new Browser(driver, started, portal);
    }

    /// <summary>A page of a person who has signed in.</summary>
    public async Task<IPage> SignedInAsync(ColorScheme theme = ColorScheme.Light, int width = 1440, int height = 900, string email = TestPortal.Email)
    {
        var page = await OpenAsync(theme, width, height);
        await page.GotoAsync($"{portal.Url}account/sign-in");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(TestPortal.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.Locator(".desktop").WaitForAsync();
        return page;
    }

    /// <summary>A page of somebody whom the portal does not know yet.</summary>
    public async Task<IPage> OpenAsync(ColorScheme theme = ColorScheme.Light, int width = 1440, int height = 900)
    {
        var context = await chromium.NewContextAsync(new BrowserNewContextOptions { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce, ViewportSize = new ViewportSize { Width = width, Height = height }, TimezoneId = "Europe/Berlin" });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(Patience);
        page.Console += (_, message) => Messages.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, problem) => Messages.Add($"error: {problem}");
        return page;
    }

    /// <summary>Another page of the same portal.</summary>
    public async Task GoAsync(IPage page, string path)
    {
        await page.GotoAsync(new Uri(portal.Url, path).ToString());
        await page.Locator("h1").First.WaitForAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await chromium.DisposeAsync();
        playwright.Dispose();
    }
}
