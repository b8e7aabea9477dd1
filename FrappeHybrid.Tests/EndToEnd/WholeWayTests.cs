using FrappeHybrid.Tests.Demo;
using FrappeHybrid.Tests.Lab;
using Microsoft.Playwright;
using Xunit;

namespace FrappeHybrid.Tests.EndToEnd;

[Collection(LabCollection.Name)]
[Trait("Category", "EndToEnd")]
public sealed class WholeWayTests : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("frappe-hybrid-e2e-");
    private LabServer server = null!;
    private PortalProcess portal = null!;
    private Customer customer = null!;

    public async ValueTask InitializeAsync()
    {
        var lab = LabDescription.Read();
        server = await LabServer.StartAsync(lab, cancel: TestContext.Current.CancellationToken);
        portal = new PortalProcess(lab.PortalSettings(data.FullName), data.FullName);
        await portal.StartAsync(TestContext.Current.CancellationToken);
        customer = await Customer.ArriveAsync(portal.Url, server);
    }

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result is TestResult.Failed)
            await KeepEvidenceAsync();
        if (customer is not null)
            await customer.DisposeAsync();
        if (portal is not null)
            await portal.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_customer_makes_a_bare_server_into_a_live_site_and_watches_a_console()
    {
        var rootPassword = DemoPortal.NewPassword();
        var administratorPassword = DemoPortal.NewPassword();
        await server.SetRootPasswordAsync(rootPassword);

        await customer.SignUpAsync(DemoPortal.NewPassword());
        await customer.AddServerAsync("Production", server);

        await customer.UsePasswordOnceAsync("not the password");
        await Assertions.Expect(customer.Page.Locator("[role=alert], .notice").First).ToContainTextAsync("password");
        await customer.UsePasswordOnceAsync(rootPassword);

        await customer.PassPreflightAndBeginAsync();
        await customer.ServerIsActiveAsync();

        await customer.BeginBenchAsync("main", "ERPNext 15.50.0");
        await customer.StateIsAsync("Active");
        await WatchConsoleAsync();

        await customer.BeginSiteAsync("shop.lab.test", administratorPassword, "erpnext");
        await customer.StateIsAsync("Active");
        var site = await customer.OpenSiteAsync();
        await site.WaitForLoadStateAsync();
        Assert.Equal("http://shop.lab.test/", site.Url);
        await Assertions.Expect(site.Locator("body")).ToContainTextAsync("shop.lab.test");

        using var checks = new SiteChecks(new Uri($"http://{server.Address}/"), "shop.lab.test");
        Assert.Equal("pong", await checks.PingAsync());
        Assert.True(await checks.SocketConnectsAsync(administratorPassword));

        NoSecretIn(portal.Output, rootPassword, administratorPassword);
        Assert.DoesNotContain(customer.Messages, message => message.StartsWith("error: ", StringComparison.Ordinal));
    }

    private async Task WatchConsoleAsync()
    {
        await customer.Page.GetByRole(AriaRole.Link, new() { Name = "Console", Exact = true }).First.ClickAsync();
        await Assertions.Expect(customer.Page.Locator(".console .state")).ToContainTextAsync("Live", new() { Timeout = 60_000 });
        // The terminal draws its lines as rows; gunicorn has said how it started.
        await Assertions.Expect(customer.Page.Locator(".console .xterm-rows")).ToContainTextAsync("gunicorn", new() { Timeout = 60_000 });
    }

    private static void NoSecretIn(string text, params string[] secrets) => Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));

    // What a person would want to see first when this fails on another machine.
    private async Task KeepEvidenceAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Artifacts, "results"));
        await customer.Page.ScreenshotAsync(new() { Path = Path.Combine(folder.FullName, $"{GetType().Name}.png") });
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{GetType().Name}.txt"), $"{customer.Page.Url}\n{string.Join('\n', customer.Messages)}\n\n{portal.Output}");
    }
}
