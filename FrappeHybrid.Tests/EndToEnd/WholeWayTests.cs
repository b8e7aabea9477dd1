using FrappeHybrid.Tests.Demo;
using FrappeHybrid.Tests.Lab;
using Microsoft.Playwright;
using Xunit;

namespace FrappeHybrid.Tests.EndToEnd;

[Collection(LabCollection.Name)]
[Trait("Category", "EndToEnd")]
public sealed class WholeWayTests : IAsyncLifetime
{
    private Stage stage = null!;

    private Customer Customer => stage.Customer;

    public async ValueTask InitializeAsync() => stage = await Stage.SetAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => stage?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task A_customer_makes_a_bare_server_into_a_live_site_and_watches_a_console()
    {
        var rootPassword = DemoPortal.NewPassword();
        var administratorPassword = DemoPortal.NewPassword();
        await stage.Server.SetRootPasswordAsync(rootPassword);

        await Customer.SignUpAsync(DemoPortal.NewPassword());
        await Customer.AddServerAsync("Production", stage.Server);

        await Customer.UsePasswordOnceAsync("not the password");
        await Assertions.Expect(Customer.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("password");
        await Customer.UsePasswordOnceAsync(rootPassword);

        await Customer.PassPreflightAndBeginAsync();
        await Customer.ServerIsActiveAsync();

        await Customer.BeginBenchAsync("main", "ERPNext 15.50.0");
        await Customer.StateIsAsync("Active");
        await WatchConsoleAsync();

        await Customer.BeginSiteAsync("shop.lab.test", administratorPassword, "erpnext");
        await Customer.StateIsAsync("Active");
        var site = await Customer.OpenSiteAsync();
        await site.WaitForLoadStateAsync();
        Assert.Equal("http://shop.lab.test/", site.Url);
        await Assertions.Expect(site.Locator("body")).ToContainTextAsync("shop.lab.test");

        using var checks = new SiteChecks(new Uri($"http://{stage.Server.Address}/"), "shop.lab.test");
        Assert.Equal("pong", await checks.PingAsync());
        Assert.True(await checks.SocketConnectsAsync(administratorPassword));
        await ReadServerLogsAsync();

        Assert.All([rootPassword, administratorPassword], secret => Assert.DoesNotContain(secret, stage.Portal.Output, StringComparison.Ordinal));
        Assert.False(await stage.DataHoldsAsync(rootPassword));
        Assert.False(await stage.DataHoldsAsync(administratorPassword));
        Assert.Equal("", await FilesOnServerWithAsync(administratorPassword));
        Assert.DoesNotContain(Customer.Messages, message => message.StartsWith("error: ", StringComparison.Ordinal));
    }

    private async Task WatchConsoleAsync()
    {
        await Customer.Page.GetByRole(AriaRole.Link, new() { Name = "Console", Exact = true }).First.ClickAsync();
        await Assertions.Expect(Customer.Page.Locator(".console .state")).ToContainTextAsync("Live", new() { Timeout = 60_000 });
        // gunicorn has said how it started.
        await Assertions.Expect(Customer.Page.Locator(".console .screen")).ToContainTextAsync("gunicorn", new() { Timeout = 60_000 });
    }

    /// <summary>The server's own logs, which the Agent may read by its unit's group: nginx's of the visit just made, what is said in its error log, and the Agent's journal.</summary>
    private async Task ReadServerLogsAsync()
    {
        await Customer.Page.GotoAsync(new Uri(stage.Portal.Url, "servers").ToString());
        var server = await Customer.Page.Locator("a[href^='/servers/']", new() { HasText = "Production" }).First.GetAttributeAsync("href");
        await stage.Server.RunAsync("echo \"$(date '+%Y/%m/%d %H:%M:%S') [error] 7#7: said by the test\" >> /var/log/nginx/error.log");
        foreach (var (log, text) in ((string, string)[])[("nginx-access", "GET /api/method/ping"), ("nginx-error", "[error] 7#7: said by the test"), ("agent", "INFO ")])
        {
            await Customer.Page.GotoAsync(new Uri(stage.Portal.Url, $"{server}/console/{log}").ToString());
            await Assertions.Expect(Customer.Page.Locator(".console .state")).ToContainTextAsync("Live", new() { Timeout = 60_000 });
            await Customer.Page.Locator(".console .screen .row:not(.notice):visible", new() { HasText = text }).First.WaitForAsync();
        }
    }

    // Everything that the Agent and a bench keep: stores, logs of ours and of bench, configuration, journals. The pattern goes in by standard input.
    private Task<string> FilesOnServerWithAsync(string secret) =>
        stage.Server.RunAsync("grep -rlF -f /dev/stdin /home/frappe/agent /home/frappe/benches /etc/nginx /var/log 2> /dev/null || true", secret);
}
