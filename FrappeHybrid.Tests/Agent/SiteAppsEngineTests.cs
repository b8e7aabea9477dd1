using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>Installing and uninstalling apps against a real engine and database.</summary>
[Collection(AgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class SiteAppsEngineTests(AgentServerFixture fixture)
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_app_is_installed_looked_at_and_uninstalled_with_a_backup_that_stays()
    {
        var (server, bench, site) = await SiteAsync();
        var installed = await SiteWorkEngineTests.DoneAsync(server, SiteWorkRoutes.ForApps(bench, site), """{"app":"erpnext"}""");
        Assert.Equal(["frappe", "erpnext"], Result(installed).Apps.Select(app => app.Value));
        Assert.Equal(new SiteInfo(site, (await server.ReadAsync(bench, site)).DatabaseName, MaintenanceMode: false, InNginx: true, 200), await server.ReadAsync(bench, site));
        Assert.Equal(["frappe", "erpnext"], (await SiteWorkEngineTests.FactsAsync(server, bench, site)).Apps.Select(app => app.App.Value));

        var again = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, SiteWorkRoutes.ForApps(bench, site), """{"app":"erpnext"}"""));
        Assert.Equal(JobErrorCodes.AppInstalled, again.Error?.Code);

        var preview = JsonSerializer.Deserialize(
            await server.Client.GetStringAsync(SiteWorkRoutes.ForUninstallPreview(bench, site, AppName.Parse("erpnext")), Cancel), SiteWorkJson.Default.UninstallPreview)!;
        Assert.Contains(preview.Lines, line => line.Contains("Would uninstall App erpnext", StringComparison.Ordinal));
        Assert.NotEmpty(preview.Doctypes);
        Assert.Equal(["frappe", "erpnext"], (await SiteWorkEngineTests.FactsAsync(server, bench, site)).Apps.Select(app => app.App.Value));

        var gone = Result(await SiteWorkEngineTests.DoneAsync(server, SiteWorkRoutes.ForUninstallApp(bench, site), """{"app":"erpnext"}"""));
        Assert.Equal(["frappe"], gone.Apps.Select(app => app.Value));
        Assert.Equal(BackupKind.Safety, gone.Backup!.Kind);
        Assert.True(Directory.Exists(Path.Combine(new BenchFolder(server.Paths, bench).Path, "backups", site.Value, gone.Backup.Id.ToString())));
        await AssertNoCopyAsync(server, bench, site);
    }

    [Theory]
    [InlineData("hrms", JobErrorCodes.AppNotInBench)]
    public async Task An_app_that_the_bench_lacks_is_refused_and_the_site_serves_on(string app, string code)
    {
        var (server, bench, site) = await SiteAsync();
        var job = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, SiteWorkRoutes.ForApps(bench, site), $$"""{"app":"{{app}}"}"""));
        Assert.Equal(code, job.Error?.Code);
        Assert.Equal(200, (await server.ReadAsync(bench, site)).Status);
    }

    [Fact]
    public async Task Half_an_app_is_taken_back_table_by_table()
    {
        var (server, bench, site) = await SiteAsync();
        var database = (await server.ReadAsync(bench, site)).DatabaseName!;
        var before = await TablesAsync(server, database);
        var id = await server.OrderAsync(HttpMethod.Post, SiteWorkRoutes.ForApps(bench, site), """{"app":"erpnext"}""");
        await server.FollowAsync(id, job => job.Steps.Single(step => step.Key == "install-app").Progress > 20);
        await server.CancelAsync(id);
        Assert.Equal(JobState.Cancelled, (await server.UntilEndAsync(id)).State);
        Assert.Equal(before, await TablesAsync(server, database));
        Assert.Equal(["frappe"], (await SiteWorkEngineTests.FactsAsync(server, bench, site)).Apps.Select(app => app.App.Value));
        await server.UntilAsync(async () => (await server.ReadAsync(bench, site)).Status == 200);
        await AssertNoCopyAsync(server, bench, site);
    }

    private static SiteAppsResult Result(JobSnapshot job) => job.Result!.Value.Deserialize(SiteWorkJson.Default.SiteAppsResult)!;

    private static Task<string[]> TablesAsync(AgentServer server, string database) => server.QueryAsync($"SELECT table_name FROM information_schema.tables WHERE table_schema = '{database}' ORDER BY 1");

    private static async Task AssertNoCopyAsync(AgentServer server, BenchName bench, SiteName site) =>
        Assert.Empty(await server.QueryAsync($"SHOW DATABASES LIKE '%{(await server.ReadAsync(bench, site)).DatabaseName![1..]}\\_copy'"));

    private async Task<(AgentServer Server, BenchName Bench, SiteName Site)> SiteAsync()
    {
        var (server, bench) = await fixture.BenchAsync();
        var site = SiteName.Parse("apps.example.com");
        if (!Directory.Exists(new BenchFolder(server.Paths, bench).SiteFolder(site)))
        {
            var job = await server.UntilEndAsync(await server.NewSiteAsync(bench, site.Value, "Adm1n-of-the-tests!"));
            Assert.True(job.State == JobState.Success, $"{job.Error}");
        }

        return (server, bench, site);
    }
}
