using System.Net;
using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>Everyday work on a site against a real engine, MariaDB, Redis and nginx.</summary>
[Collection(AgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class SiteWorkEngineTests(AgentServerFixture fixture)
{
    private const string Password = "Adm1n-of-the-tests!";
    private const string NewPassword = "canary-Passw0rd-4711 'x\"";

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cleared_cache_leaves_the_site_serving()
    {
        var (server, bench, site) = await SiteAsync();
        var job = await DoneAsync(server, SiteWorkRoutes.ForClearCache(bench, site), "{}");
        Assert.All(job.Steps, step => Assert.Equal(StepState.Success, step.State));
        Assert.Equal(200, (await server.ReadAsync(bench, site)).Status);
    }

    [Fact]
    public async Task Trap_18_the_scheduler_of_a_new_site_is_on_and_goes_off_and_on()
    {
        var (server, bench, site) = await SiteAsync();
        Assert.True((await FactsAsync(server, bench, site)).SchedulerEnabled);
        await DoneAsync(server, SiteWorkRoutes.ForScheduler(bench, site), """{"enabled":false}""");
        Assert.False((await FactsAsync(server, bench, site)).SchedulerEnabled);

        var again = await DoneAsync(server, SiteWorkRoutes.ForScheduler(bench, site), """{"enabled":false}""");
        Assert.Equal(StepState.Skipped, again.Steps[1].State);
        await DoneAsync(server, SiteWorkRoutes.ForScheduler(bench, site), """{"enabled":true}""");
        Assert.True((await FactsAsync(server, bench, site)).SchedulerEnabled);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Trap_19_maintenance_pauses_the_scheduler_and_its_end_puts_it_back_to_what_it_was(bool pausedBefore)
    {
        var (server, bench, site) = await SiteAsync();
        var file = Path.Combine(new BenchFolder(server.Paths, bench).SiteFolder(site), "site_config.json");
        SiteConfigFile.Change(file, config => config["pause_scheduler"] = pausedBefore ? 1 : 0);
        await AgentServer.GiveToBenchAsync(file);

        await DoneAsync(server, SiteWorkRoutes.ForMaintenance(bench, site), """{"on":true}""");
        Assert.Equal(503, (await server.ReadAsync(bench, site)).Status);
        var during = await FactsAsync(server, bench, site);
        Assert.Equal((true, true), (during.MaintenanceMode, during.SchedulerPaused));

        // Twice is once: what was before is not forgotten.
        await DoneAsync(server, SiteWorkRoutes.ForMaintenance(bench, site), """{"on":true}""");
        await DoneAsync(server, SiteWorkRoutes.ForMaintenance(bench, site), """{"on":false}""");
        Assert.Equal(200, (await server.ReadAsync(bench, site)).Status);
        var after = await FactsAsync(server, bench, site);
        Assert.Equal((false, pausedBefore), (after.MaintenanceMode, after.SchedulerPaused));
        Assert.DoesNotContain("frappe_hybrid", await File.ReadAllTextAsync(file, Cancel), StringComparison.Ordinal);
        SiteConfigFile.Change(file, config => config["pause_scheduler"] = 0);
        await AgentServer.GiveToBenchAsync(file);
    }

    [Fact]
    public async Task Trap_6_a_new_password_is_in_force_and_in_no_file_of_ours_or_of_bench()
    {
        var (server, bench, site) = await SiteAsync();
        var body = JsonSerializer.Serialize(new SetAdministratorPasswordRequest(NewPassword, true), SiteWorkJson.Default.SetAdministratorPasswordRequest);
        await DoneAsync(server, SiteWorkRoutes.ForAdministratorPassword(bench, site), body);
        Assert.Equal(HttpStatusCode.OK, await LogInAsync(server, site, NewPassword));
        Assert.Equal(HttpStatusCode.Unauthorized, await LogInAsync(server, site, Password));
        await AssertNowhereAsync(server, bench, "canary-Passw0rd-4711");

        await DoneAsync(server, SiteWorkRoutes.ForAdministratorPassword(bench, site), JsonSerializer.Serialize(new SetAdministratorPasswordRequest(Password, false), SiteWorkJson.Default.SetAdministratorPasswordRequest));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("two\\nlines-of-it")]
    public async Task A_password_that_cannot_be_a_line_is_refused(string password)
    {
        var (server, bench, site) = await SiteAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, SiteWorkRoutes.ForAdministratorPassword(bench, site)) { Content = new StringContent($$"""{"password":"{{password}}","logOutAllSessions":false}""") };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        using var answer = await server.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_sign_in_lets_a_browser_in_by_a_form_and_is_kept_nowhere()
    {
        var (server, bench, site) = await SiteAsync();
        using var answer = await server.Client.PostAsync(SiteWorkRoutes.ForSignIn(bench, site), content: null, Cancel);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        var signIn = JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(Cancel), SiteWorkJson.Default.SignInAnswer)!;

        // As the portal's page sends it: in the body, so that it is in no address and no access log.
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        using var form = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{server.NginxPort}/login") { Content = new FormUrlEncodedContent([new("sid", signIn.Sid)]) };
        form.Headers.Host = site.Value;
        using var entered = await browser.SendAsync(form, Cancel);
        Assert.True((int)entered.StatusCode is 301 or 302, $"answered {entered.StatusCode}");
        Assert.Equal("/app", entered.Headers.Location!.OriginalString);
        Assert.Contains(entered.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith($"sid={signIn.Sid}", StringComparison.Ordinal));
        await AssertNowhereAsync(server, bench, signIn.Sid);
    }

    [Fact]
    public async Task Nobody_signs_in_to_a_site_that_is_not_there_and_the_answer_says_so()
    {
        var (server, bench, _) = await SiteAsync();
        using var answer = await server.Client.PostAsync(SiteWorkRoutes.ForSignIn(bench, SiteName.Parse("nosuch.example.com")), content: null, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Trap_1_the_facts_know_the_apps_before_the_first_migrate_and_count_what_waits()
    {
        var (server, bench, site) = await SiteAsync();
        Assert.Equal("""{"work.example.com": []}""", string.Concat((await Shell.RunAsync("docker", "exec", $"{bench}-backend", "bench", "--site", site.Value, "list-apps", "-f", "json")).Split('\n').Select(line => line.Trim())));
        var facts = await FactsAsync(server, bench, site);
        Assert.Equal(["frappe"], facts.Apps.Select(app => app.App.Value));
        Assert.Matches(@"^15\.\d+\.\d+$", facts.Apps[0].Version);
        Assert.True(facts.DatabaseBytes > 100_000, $"{facts.DatabaseBytes} bytes");
        Assert.Equal(site.Value, facts.PrimaryDomain.Value);

        var before = facts.FilesBytes;
        var thousand = Path.Combine(new BenchFolder(server.Paths, bench).SiteFolder(site), "public/files/thousand.bin");
        await File.WriteAllBytesAsync(thousand, new byte[1000], Cancel);
        await AgentServer.GiveToBenchAsync(thousand);
        var redis = await Shell.RunAsync("docker", "inspect", $"{bench}-redis-queue", "--format", "{{.Id}}");
        // The scheduler's own jobs would be counted too. Stopped workers would be counted by bench doctor for minutes, paused ones are not missed.
        await Shell.RunAsync("docker", "pause", $"{bench}-scheduler");
        await server.UntilAsync(async () => (await FactsAsync(server, bench, site)).QueuedJobs == 0);
        await Shell.RunAsync("docker", "pause", $"{bench}-queue-short", $"{bench}-queue-long");
        try
        {
            await Shell.RunAsync("docker", "exec", redis, "redis-cli", "SADD", "rq:queues", "rq:queue:test:short");
            await Shell.RunAsync("docker", "exec", redis, "redis-cli", "RPUSH", "rq:queue:test:short", $"{site}::one", $"{site}::two", "other.example.com::three");
            var after = await FactsAsync(server, bench, site);
            Assert.Equal((before + 1000, 2), (after.FilesBytes, after.QueuedJobs));
        }
        finally
        {
            await Shell.RunAsync("docker", "exec", redis, "redis-cli", "DEL", "rq:queue:test:short");
            await Shell.RunAsync("docker", "exec", redis, "redis-cli", "SREM", "rq:queues", "rq:queue:test:short");
            await Shell.RunAsync("docker", "unpause", $"{bench}-queue-short", $"{bench}-queue-long", $"{bench}-scheduler");
        }
    }

    internal static async Task<SiteFactsInfo> FactsAsync(AgentServer server, BenchName bench, SiteName site) =>
        JsonSerializer.Deserialize(await server.Client.GetStringAsync(SiteWorkRoutes.ForFacts(bench, site) + "?fresh=true", Cancel), SiteWorkJson.Default.SiteFactsInfo)!;

    internal static async Task<JobSnapshot> DoneAsync(AgentServer server, string path, string body)
    {
        var job = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, path, body));
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        return job;
    }

    /// <summary>Neither in the Agent's folder and log, nor in bench's logs, nor in a site's.</summary>
    internal static async Task AssertNowhereAsync(AgentServer server, BenchName bench, string secret)
    {
        Assert.DoesNotContain(secret, server.Output.ToString(), StringComparison.Ordinal);
        var folder = new BenchFolder(server.Paths, bench);
        var files = Directory.EnumerateFiles(server.Paths.AgentFolder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/tls/", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(folder.Logs)).Concat(Directory.EnumerateFiles(folder.Sites, "*.log", SearchOption.AllDirectories)).ToList();
        Assert.True(files.Count > 3);
        foreach (var file in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.False((await reader.ReadToEndAsync(Cancel)).Contains(secret, StringComparison.Ordinal), $"found in {file}");
        }

        Assert.DoesNotContain(secret, await Shell.RunAsync("docker", "logs", $"{bench}-backend"), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> LogInAsync(AgentServer server, SiteName site, string password)
    {
        using var browser = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{server.NginxPort}/api/method/login") { Content = new FormUrlEncodedContent([new("usr", "Administrator"), new("pwd", password)]) };
        request.Headers.Host = site.Value;
        using var answer = await browser.SendAsync(request, Cancel);
        return answer.StatusCode;
    }

    /// <summary>One site for the tests that leave it as it was.</summary>
    private async Task<(AgentServer Server, BenchName Bench, SiteName Site)> SiteAsync()
    {
        var (server, bench) = await fixture.BenchAsync();
        var site = SiteName.Parse("work.example.com");
        if (!Directory.Exists(new BenchFolder(server.Paths, bench).SiteFolder(site)))
        {
            var job = await server.UntilEndAsync(await server.NewSiteAsync(bench, site.Value, Password));
            Assert.True(job.State == JobState.Success, $"{job.Error}");
        }

        return (server, bench, site);
    }
}
