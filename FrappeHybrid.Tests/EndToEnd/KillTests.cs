using FrappeHybrid.Tests.Demo;
using FrappeHybrid.Tests.Lab;
using Microsoft.Playwright;
using Xunit;

namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>Portal and Agent die in the middle of long work (SIGKILL); what was promised is finished, or undone and said so, after the restart.</summary>
[Collection(LabCollection.Name)]
[Trait("Category", "EndToEnd")]
public sealed class KillTests : IAsyncLifetime
{
    private Stage stage = null!;

    private Customer Customer => stage.Customer;

    public async ValueTask InitializeAsync() => stage = await Stage.SetAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => stage?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Portal_and_Agent_are_killed_in_the_middle_of_each_long_work_and_it_ends_well()
    {
        var cancel = TestContext.Current.CancellationToken;
        var rootPassword = DemoPortal.NewPassword();
        await stage.Server.SetRootPasswordAsync(rootPassword);
        await Customer.SignUpAsync(DemoPortal.NewPassword());
        await Customer.AddServerAsync("Production", stage.Server);
        await Customer.UsePasswordOnceAsync(rootPassword);
        await Customer.PassPreflightAndBeginAsync();

        // The portal in the middle of apt: the page comes back by itself, and the play goes on where it was.
        await Customer.StepRunsAsync("Packages of the distribution");
        await stage.Portal.KillAsync();
        await stage.Portal.StartAsync(cancel);
        await Customer.ServerIsActiveAsync();
        Assert.Equal("1", (await stage.Server.RunAsync("grep -c 'install .*docker.io' /var/log/apt/history.log")).Trim());

        // The Agent in the middle of New Bench, as its containers start.
        await Customer.BeginBenchAsync("main", "ERPNext 15.50.0");
        await Customer.StepRunsAsync("Start services");
        await KillAgentAsync();
        await Customer.StateIsAsync("Broken");
        await Customer.Page.GetByText("The Agent was ended while this job ran.").First.WaitForAsync();
        await NothingIsLeftOfBenchAsync();
        await Customer.Button("Try again").ClickAsync();
        await Customer.StateIsAsync("Active");

        // The Agent in the middle of New Site, as bench makes the tables.
        await Customer.BeginSiteAsync("shop.lab.test", DemoPortal.NewPassword());
        await Customer.StepRunsAsync("Create site");
        await KillAgentAsync();
        await Customer.StateIsAsync("Broken");
        await NothingIsLeftOfSiteAsync();
        await Customer.Button("Try again").ClickAsync();
        await Customer.Page.Locator("input[autocomplete=new-password]").FillAsync(DemoPortal.NewPassword());
        await Customer.Button("Create it again").ClickAsync();
        await Customer.StateIsAsync("Active");
        using var checks = new SiteChecks(new Uri($"http://{stage.Server.Address}/"), "shop.lab.test");
        Assert.Equal("pong", await checks.PingAsync());
    }

    [Fact]
    public async Task A_changed_host_key_stops_everything_and_says_so()
    {
        await Customer.SignUpAsync(DemoPortal.NewPassword());
        await Customer.AddServerAsync("Production", stage.Server);
        await stage.Server.RunAsync("rm /etc/ssh/ssh_host_*; ssh-keygen -A; systemctl restart ssh");

        await Customer.Button("Check the access and continue").ClickAsync();

        await Assertions.Expect(Customer.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("host key");
    }

    private Task<string> KillAgentAsync() => stage.Server.RunAsync("systemctl kill --signal=KILL frappe-hybrid-agent.service");

    private async Task NothingIsLeftOfBenchAsync()
    {
        Assert.Equal("", (await stage.Server.RunAsync("docker ps --all --quiet --filter label=frappe-hybrid.bench=main; docker network ls --quiet --filter label=frappe-hybrid.bench=main")).Trim());
        Assert.Equal("", (await stage.Server.RunAsync("ls -A /home/frappe/benches")).Trim());
    }

    private async Task NothingIsLeftOfSiteAsync()
    {
        const string Database = "docker exec frappe-mariadb mariadb --defaults-extra-file=/run/frappe-hybrid/client.cnf --skip-column-names --execute ";
        Assert.Equal("", (await stage.Server.RunAsync("ls -A /home/frappe/benches/main/sites | grep shop || true; ls -A /home/frappe/benches/main/nginx | grep shop || true")).Trim());
        Assert.Equal("", (await stage.Server.RunAsync(Database + "\"SHOW DATABASES LIKE '\\\\_%'; SELECT user FROM mysql.user WHERE user LIKE '\\\\_%'\"")).Trim());
        Assert.Equal("", (await stage.Server.RunAsync("docker exec main-backend ps -eo args 2> /dev/null | grep '[n]ew-site' || true")).Trim());
    }
}
