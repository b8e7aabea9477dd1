using System.Text;
using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>What the real `bench` and its containers do wrong by themselves (reference, "traps"), as far as no single act is about it.</summary>
[Collection(AgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class TrapEngineTests(AgentServerFixture fixture)
{
    private const string Password = "Adm1n-of-the-tests!";
    private const string Socket = "/var/run/docker.sock";

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trap_10_a_look_into_an_image_runs_no_entrypoint_and_leaves_the_benchs_assets_alone()
    {
        var (server, bench) = await fixture.BenchAsync();
        var assets = new FileInfo(Path.Combine(new BenchFolder(server.Paths, bench).Sites, "assets"));
        var before = (assets.LinkTarget, assets.LastWriteTimeUtc);
        using var connection = new DockerConnection(Socket, TimeProvider.System);

        var apps = await ImageApps.ListAsync(new DockerEngine(connection), ImageReference.Parse(server.Images.Release), $"{bench}-look", bench.Value, Cancel);

        // The entrypoint would have said "Linking fresh assets to volume..." first.
        Assert.Equal(["erpnext", "frappe"], apps.Select(app => app.Value).Order(StringComparer.Ordinal));
        assets.Refresh();
        Assert.Equal(before, (assets.LinkTarget, assets.LastWriteTimeUtc));
        Assert.Equal("", await Shell.RunAsync("docker", "ps", "-aq", "--filter", $"name=^{bench}-look$"));
    }

    [Fact]
    public async Task Trap_11_the_folders_that_containers_write_belong_to_user_1000_and_hold_apps_txt()
    {
        var (server, bench) = await fixture.BenchAsync();
        var folder = new BenchFolder(server.Paths, bench);
        var others = await Shell.RunAsync("find", folder.Sites, folder.Logs, "(", "!", "-user", "1000", "-o", "!", "-group", "1000", ")", "-printf", @"%U:%G %P\n");
        Assert.True(others.Length == 0, others);
        Assert.Equal(["erpnext", "frappe"], (await File.ReadAllLinesAsync(folder.AppsText, Cancel)).Where(line => line.Length > 0).Order(StringComparer.Ordinal));
        Assert.Contains("frappe", await AgentServer.BenchCommandAsync(bench, "version"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trap_15_each_way_in_which_a_site_does_not_serve_is_told_apart_and_a_hanging_one_within_seconds()
    {
        var (server, bench) = await fixture.BenchAsync();
        var site = SiteName.Parse("traps.example.com");
        var job = await server.UntilEndAsync(await server.NewSiteAsync(bench, site.Value, Password));
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        using (var unknown = await server.Client.GetAsync(AgentRoutes.ForSite(bench, SiteName.Parse("nosuch.example.com")), Cancel))
            Assert.Equal(System.Net.HttpStatusCode.NotFound, unknown.StatusCode);

        var config = Path.Combine(new BenchFolder(server.Paths, bench).SiteFolder(site), "site_config.json");
        var whole = await File.ReadAllBytesAsync(config, Cancel);
        SiteConfigFile.Change(config, keys => keys["db_password"] = "another-one-16ch");

        // A worker that is still answering an earlier request has its connection already.
        await server.UntilAsync(async () => (await server.ReadAsync(bench, site)).Status == 500);
        await File.WriteAllBytesAsync(config, whole, Cancel);
        await AgentServer.GiveToBenchAsync(config);
        await server.UntilAsync(async () => (await server.ReadAsync(bench, site)).Status == 200);

        await Shell.RunAsync("docker", "pause", $"{server.Prefix}-mariadb");
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            limit.CancelAfter(TimeSpan.FromMinutes(2));
            var answer = await server.Client.GetStringAsync(AgentRoutes.ForSite(bench, site), limit.Token);
            Assert.NotEqual(200, JsonSerializer.Deserialize(answer, AgentJson.Default.SiteInfo)!.Status);
        }
        finally
        {
            await Shell.RunAsync("docker", "unpause", $"{server.Prefix}-mariadb");
        }

        await server.UntilAsync(async () => (await server.ReadAsync(bench, site)).Status == 200);
    }

    [Fact]
    public async Task Trap_20_programs_get_no_terminal_so_that_their_lines_end_plainly_and_have_no_colour()
    {
        var (_, bench) = await fixture.BenchAsync();
        using var connection = new DockerConnection(Socket, TimeProvider.System);
        var output = new StringBuilder();
        var code = await new DockerExec(connection).RunAsync(
            new ExecRequest($"{bench}-backend", ["bench", "--site", "nosuch.example.com", "list-apps"]), frame => output.Append(Encoding.UTF8.GetString(frame.Bytes.Span)), Cancel);
        Assert.Equal(1, code);
        Assert.Equal("Site nosuch.example.com does not exist!\n", output.ToString());
    }

    [Fact]
    public async Task Log_files_of_a_real_bench_are_listed_and_read_and_nothing_else_is()
    {
        var (server, bench) = await fixture.BenchAsync();
        await AgentServer.BenchCommandAsync(bench, "version");
        var files = JsonSerializer.Deserialize(await server.Client.GetStringAsync(BenchPaths.ForLogs(bench), Cancel), BenchWorkJson.Default.IReadOnlyListLogFile)!;
        Assert.Contains(files, file => file is { Site: null, Name.Value: "bench.log", Bytes: > 0 });

        var text = JsonSerializer.Deserialize(await server.Client.GetStringAsync(BenchPaths.ForLog(bench, null, LogName.Parse("bench.log"), LogText.UsualBytes), Cancel), BenchWorkJson.Default.LogText)!;
        Assert.Contains("version", text.Text, StringComparison.Ordinal);
        foreach (var (path, status) in ((string, int)[])[($"/benches/{bench}/logs/nosuch.log", 404), ($"/benches/{bench}/logs/bench.json", 400), ($"/benches/{bench}/logs/bench.log?bytes=1", 400), ("/benches/nosuch/logs", 404)])
        {
            using var answer = await server.Client.GetAsync(path, Cancel);
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }
}
