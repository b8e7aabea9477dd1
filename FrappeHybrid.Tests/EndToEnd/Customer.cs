using FrappeHybrid.Tests.Lab;
using Microsoft.Playwright;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>A customer at a browser: what a person does on the portal's pages, found by what a person sees.</summary>
internal sealed class Customer : IAsyncDisposable
{
    /// <summary>Setting a server up downloads packages; a slow machine must not fail a test.</summary>
    private const float Patience = 240_000;

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;
    private readonly Uri portal;

    private Customer(IPlaywright playwright, IBrowser browser, IPage page, Uri portal)
    {
        this.playwright = playwright;
        this.browser = browser;
        this.portal = portal;
        Page = page;
        page.Console += (_, message) => Messages.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Messages.Add($"error: {error}");
    }

    public IPage Page { get; }

    /// <summary>What the browser's console said.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Opens a browser to which every name under lab.test is the lab's server.</summary>
    public static async Task<Customer> ArriveAsync(Uri portal, LabServer server)
    {
        var driver = await Playwright.CreateAsync();
        var chromium = await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium.Path,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                $"--host-resolver-rules=MAP *.lab.test {server.Address}",
            ],
        });
        var page = await chromium.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 } });
        page.SetDefaultTimeout(60_000);

        // A busy machine is slow, and that is no failure: five seconds are too few for a refused password over SSH.
        Assertions.SetDefaultExpectTimeout(60_000);
        return new Customer(driver, chromium, page, portal);
    }

    /// <summary>The first page of a new portal.</summary>
    public async Task SignUpAsync(string password)
    {
        await Page.GotoAsync(portal.ToString());
        await Page.GetByLabel("Company or team").FillAsync("Lab company");
        await Page.GetByLabel("E-mail").FillAsync("operator@example.com");
        await Page.GetByLabel("Password").FillAsync(password);
        await Button("Create account").ClickAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Add your first server" }).Or(Page.GetByRole(AriaRole.Link, new() { Name = "Add server" })).First.WaitForAsync();
    }

    /// <summary>The wizard up to the key's question: name and address, then the fingerprint, compared as the page asks.</summary>
    public async Task AddServerAsync(string name, LabServer server)
    {
        await Page.GotoAsync(new Uri(portal, "servers/new").ToString());
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Page.GetByRole(AriaRole.Textbox, new() { Name = "Address" }).FillAsync(server.Address);
        await Button("Continue").ClickAsync();

        await Page.GetByText(await server.HostKeyFingerprintAsync()).First.WaitForAsync();
        await Button("They are the same, continue").ClickAsync();
        await Page.GetByRole(AriaRole.Heading, new() { Name = "Let the portal in" }).WaitForAsync();
    }

    /// <summary>Lets the portal in with a password that is used once.</summary>
    public async Task UsePasswordOnceAsync(string password)
    {
        await Page.GetByRole(AriaRole.Tab, new() { Name = "Use a password once" }).ClickAsync();
        await Page.GetByLabel("Password of root").FillAsync(password);
        await Button("Add the key and continue").ClickAsync();
    }

    /// <summary>Waits for the checks, goes on, agrees, and returns when the play is on the page.</summary>
    public async Task PassPreflightAndBeginAsync()
    {
        await Page.GetByRole(AriaRole.Heading, new() { Name = "Is the server ready?" }).WaitForAsync();
        var onward = Button("Continue");
        await Assertions.Expect(onward).ToBeEnabledAsync(new() { Timeout = Patience });
        await onward.ClickAsync();
        await Button("Set up this server").ClickAsync();
        await StepButton("Packages of the distribution").WaitForAsync();
    }

    /// <summary>Waits until a step of the run on the page is at work.</summary>
    public Task StepRunsAsync(string title) =>
        StepButton(title).Filter(new() { HasText = "Running" }).WaitForAsync(new() { Timeout = Patience });

    /// <summary>Waits until the play has made the server active.</summary>
    public Task ServerIsActiveAsync() => Page.GetByText("The server is active.").WaitForAsync(new() { Timeout = Patience });

    /// <summary>Makes a bench of a release and returns when its job is on the page.</summary>
    public async Task BeginBenchAsync(string name, string release)
    {
        await Page.GotoAsync(new Uri(portal, "benches/new").ToString());
        await Page.GetByText(release, new() { Exact = true }).ClickAsync();
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await Button("Create bench").ClickAsync();
        await StepButton("Pull image").WaitForAsync();
    }

    /// <summary>Makes a site and returns when its job is on the page.</summary>
    public async Task BeginSiteAsync(string name, string password, string? app = null)
    {
        await Page.GotoAsync(new Uri(portal, "sites/new").ToString());
        await Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        if (app is not null)
            await Page.GetByLabel(app, new() { Exact = true }).CheckAsync();
        await Page.Locator("input[autocomplete=new-password]").FillAsync(password);
        await Button("Create site").ClickAsync();
        await StepButton("Prepare the database").WaitForAsync();
    }

    /// <summary>Waits until the page of the bench or site on the screen says so.</summary>
    public Task StateIsAsync(string word) => Page.Locator("header").GetByText(word, new() { Exact = true }).First.WaitForAsync(new() { Timeout = Patience });

    /// <summary>Follows "Open site" into a new tab.</summary>
    public Task<IPage> OpenSiteAsync() => Page.Context.RunAndWaitForPageAsync(() => Page.GetByRole(AriaRole.Link, new() { Name = "Open site" }).First.ClickAsync());

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private ILocator StepButton(string title) => Page.Locator("button.step", new() { HasText = title });
}
