using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>New Bench and New Site against a real engine, MariaDB and nginx, with the Agent as a process. What becomes of them when they are killed or cancelled: Kills/.</summary>
[Collection(AgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class AgentEngineTests(AgentServerFixture fixture)
{
    private const string Password = "Adm1n-of-the-tests!";
    private const string Users = "SELECT CONCAT(User, '@', Host) FROM mysql.user WHERE User LIKE '\\_%'";

    [Fact]
    public async Task A_site_is_made_in_a_bench_and_answers_through_nginx()
    {
        var (server, bench) = await fixture.BenchAsync();
        var site = SiteName.Parse("shop.example.com");
        var events = new List<FeedEvent>();
        var before = await server.QueryAsync(Users);
        var job = await server.UntilEndAsync(await server.NewSiteAsync(bench, site.Value, Password, "erpnext"), events);
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        Assert.All(job.Steps, step => Assert.Equal(StepState.Success, step.State));

        var result = job.Result!.Value.Deserialize(AgentJson.Default.NewSiteResult)!;
        Assert.Equal(["frappe", "erpnext"], result.Apps.Select(app => app.Value));
        var info = await server.ReadAsync(bench, site);
        Assert.Equal(new SiteInfo(site, result.DatabaseName, MaintenanceMode: false, InNginx: true, 200), info);

        // The progress is bench's own, and no frame of it is an output line.
        Assert.Contains(events, told => told.Job?.Steps[2].Progress is > 0 and < 100);
        Assert.DoesNotContain(events, told => told.Output?.Contains("Updating DocTypes", StringComparison.Ordinal) == true);

        // Neither the throw-away user nor any trace of a password is left.
        Assert.Equal([$"{result.DatabaseName}@%"], (await server.QueryAsync(Users)).Except(before));
        foreach (var file in Directory.EnumerateFiles(server.Paths.AgentFolder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/tls/", StringComparison.Ordinal)))
            Assert.DoesNotContain(Password, await ReadAsync(file), StringComparison.Ordinal);

        foreach (var file in Directory.EnumerateFiles(new BenchFolder(server.Paths, bench).Logs))
            Assert.DoesNotContain(Password, await ReadAsync(file), StringComparison.Ordinal);

        var again = await server.UntilEndAsync(await server.NewSiteAsync(bench, site.Value, Password));
        Assert.Equal(JobErrorCodes.SiteExists, again.Error?.Code);
        Assert.Equal(200, (await server.ReadAsync(bench, site)).Status);
    }

    [Fact]
    public async Task A_bench_is_laid_out_as_frappe_docker_does_it_and_shares_no_names()
    {
        var (server, bench) = await fixture.BenchAsync();
        var info = await server.ReadAsync(bench);
        Assert.Equal(BenchServices.All, info.Services.Select(service => service.Service));
        Assert.All(info.Services, service => Assert.Equal("running", service.State));
        Assert.All(info.Services, service => Assert.NotNull(service.MemoryLimitMegabytes));

        var shared = await Shell.RunAsync("docker", "inspect", $"{bench}-backend", "--format", $"{{{{json (index .NetworkSettings.Networks \"{server.Prefix}\").Aliases}}}}");
        Assert.DoesNotContain("\"backend\"", shared, StringComparison.Ordinal);
        var ports = await Shell.RunAsync("docker", "port", $"{bench}-frontend");
        Assert.Equal($"8080/tcp -> 127.0.0.1:{info.FrontendPort}", ports);

        var again = await server.UntilEndAsync(await server.NewBenchAsync(bench));
        Assert.Equal(JobErrorCodes.BenchExists, again.Error?.Code);
        Assert.All((await server.ReadAsync(bench)).Services, service => Assert.Equal("running", service.State));
    }

    [Fact]
    public async Task An_app_that_the_bench_lacks_is_refused_before_anything_is_made()
    {
        var (server, bench) = await fixture.BenchAsync();
        var job = await server.UntilEndAsync(await server.NewSiteAsync(bench, "lacks.example.com", Password, "hrms"));
        Assert.Equal(JobErrorCodes.AppNotInBench, job.Error?.Code);
        await AssertNoSiteAsync(server, bench, "lacks.example.com");
    }

    [Fact]
    public async Task Cancelling_ends_the_real_process_and_leaves_nothing()
    {
        var (server, bench) = await fixture.BenchAsync();
        var id = await server.NewSiteAsync(bench, "cancelled.example.com", Password);
        await server.FollowAsync(id, job => job.Steps[2].Progress > 0);
        await server.CancelAsync(id);
        var job = await server.UntilEndAsync(id);
        Assert.Equal(JobState.Cancelled, job.State);
        await AssertNoSiteAsync(server, bench, "cancelled.example.com");
        Assert.DoesNotContain("new-site", await Shell.RunAsync("docker", "top", $"{bench}-backend"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_console_goes_on_over_a_restart_without_a_line_twice()
    {
        var (server, bench) = await fixture.BenchAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var reader = new StreamReader(
            await server.Client.GetStreamAsync(ConsoleRoutes.ForStream(ConsoleSource.OfService(bench, BenchService.Websocket), 100, null), limit.Token));
        var lines = new List<LogLine>();
        var notices = new List<string>();
        var restarted = false;
        while (!(restarted && notices.Contains("container restarted") && lines.Count(line => line.Text.Contains("listening", StringComparison.Ordinal)) >= 2))
        {
            var batch = JsonSerializer.Deserialize((await reader.ReadLineAsync(limit.Token))!, AgentJson.Default.LogBatch)!;
            lines.AddRange(batch.Lines);
            if (batch.Notice is { } notice)
                notices.Add(notice);

            if (!restarted && lines.Any(line => line.Text.Contains("listening", StringComparison.Ordinal)))
            {
                restarted = true;
                await Shell.RunAsync("docker", "restart", "-t", "1", $"{bench}-websocket");
            }
        }

        Assert.Equal(lines.Count, lines.Select(line => (line.At, line.Text)).Distinct().Count());
    }

    [Fact]
    public async Task A_frontend_finds_a_backend_that_came_back_under_another_address()
    {
        var (server, bench) = await fixture.BenchAsync();
        var info = await server.ReadAsync(bench);
        var address = await AddressAsync($"{bench}-backend", bench);
        await Shell.RunAsync("docker", "stop", "-t", "1", $"{bench}-backend");

        // Somebody else takes the address, so that the backend comes back under another; the engine gives the lowest free one first.
        var squatters = new List<string>();
        try
        {
            do
            {
                squatters.Add($"{bench}-squatter-{squatters.Count}");
                await Shell.RunAsync("docker", "run", "-d", "--name", squatters[^1], "--network", $"{bench}-network", "--entrypoint", "sleep", server.Images.Release, "300");
            }
            while (await AddressAsync(squatters[^1], bench) != address && squatters.Count < 8);

            await Shell.RunAsync("docker", "start", $"{bench}-backend");
            Assert.NotEqual(address, await AddressAsync($"{bench}-backend", bench));
            using var http = new HttpProbe();
            await server.UntilAsync(async () => (await http.GetAsync(info.FrontendPort, "nosuch.example.com", "/api/method/ping", Xunit.TestContext.Current.CancellationToken)).Status == 404);
            Assert.NotEqual(
                info.Services.Single(service => service.Service == BenchService.Frontend).StartedAt,
                (await server.ReadAsync(bench)).Services.Single(service => service.Service == BenchService.Frontend).StartedAt);
        }
        finally
        {
            await Shell.RunAsync("docker", ["rm", "-f", .. squatters]);
        }
    }

    private static Task<string> AddressAsync(string container, BenchName bench) =>
        Shell.RunAsync("docker", "inspect", container, "--format", $"{{{{(index .NetworkSettings.Networks \"{bench}-network\").IPAddress}}}}");

    private static async Task AssertNoSiteAsync(AgentServer server, BenchName bench, string name)
    {
        var site = SiteName.Parse(name);
        var folder = new BenchFolder(server.Paths, bench);
        var database = DatabaseName.For(bench, site);
        Assert.False(Directory.Exists(folder.SiteFolder(site)));
        Assert.False(File.Exists(folder.NginxFile(site)));
        Assert.DoesNotContain(name, await File.ReadAllTextAsync(folder.Hosts), StringComparison.Ordinal);
        Assert.Empty(await server.QueryAsync($"SHOW DATABASES LIKE '\\{database}'"));
        Assert.Empty(await server.QueryAsync($"SELECT User FROM mysql.user WHERE User LIKE '\\{database}%'"));
    }

    private static async Task<string> ReadAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
