using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>Everyday work on a bench against a real engine.</summary>
[Collection(AgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class BenchWorkTests(AgentServerFixture fixture)
{
    private const string Password = "Adm1n-of-the-tests!";

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restart_of_all_services_starts_each_of_them_again_and_waits_until_they_answer()
    {
        var (server, bench) = await fixture.BenchAsync();
        var before = await server.ReadAsync(bench);

        var job = await DoneAsync(server, BenchPaths.ForRestart(bench), "{}");

        var after = await server.ReadAsync(bench);
        Assert.All(BenchServices.All, service => Assert.True(StartOf(after, service) > StartOf(before, service), service.Name()));
        Assert.All(after.Services, service => Assert.Equal("running", service.State));
        var result = job.Result!.Value.Deserialize(BenchWorkJson.Default.RestartBenchResult)!;
        Assert.Equal(BenchService.Frontend, result.Services[^1]);
        Assert.Equal(BenchServices.All.Count, result.Services.Count);
    }

    [Fact]
    public async Task A_restart_of_one_service_leaves_the_others_alone()
    {
        var (server, bench) = await fixture.BenchAsync();
        var before = await server.ReadAsync(bench);

        await DoneAsync(server, BenchPaths.ForRestart(bench), """{"services":["queue-short"]}""");

        var after = await server.ReadAsync(bench);
        Assert.Equal([BenchService.QueueShort], BenchServices.All.Where(service => StartOf(after, service) != StartOf(before, service)));
    }

    [Fact]
    public async Task A_service_that_does_not_come_up_again_is_named_with_its_last_lines()
    {
        var server = await fixture.ServerAsync();
        var bench = await NewBenchAsync(server, "sick");
        var folder = new BenchFolder(server.Paths, bench);

        // Its configuration is unreadable to Redis from now on: it ends at once, again and again.
        await File.WriteAllTextAsync(RedisConfig.FileOf(folder, BenchService.RedisCache), "no-such-setting yes\n", Cancel);
        var job = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, BenchPaths.ForRestart(bench), """{"services":["redis-cache"]}"""));

        Assert.Equal((JobState.Failure, JobErrorCodes.ServiceStopped), (job.State, job.Error?.Code));
        Assert.Contains("redis-cache", job.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("no-such-setting", job.Error.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trap_12_socketio_comes_back_by_itself_after_redis_queue_was_away()
    {
        var (server, bench) = await fixture.BenchAsync();
        await Shell.RunAsync("docker", "stop", "-t", "1", $"{bench}-redis-queue");
        await server.UntilAsync(async () => await Shell.RunAsync("docker", "inspect", $"{bench}-websocket", "--format", "{{.RestartCount}}") != "0");

        // The restart of redis-queue counts as done only when the websocket is back too.
        await DoneAsync(server, BenchPaths.ForRestart(bench), """{"services":["redis-queue"]}""");

        using var http = new HttpProbe();
        var socket = await http.GetAsync((await server.ReadAsync(bench)).FrontendPort, "nosuch.example.com", "/socket.io/?EIO=4&transport=polling", Cancel);
        Assert.Equal(200, socket.Status);
    }

    [Fact]
    public async Task Trap_14_a_frontend_follows_a_backend_that_was_restarted_under_another_address()
    {
        var (server, bench) = await fixture.BenchAsync();
        var before = await server.ReadAsync(bench);
        var name = $"{bench}-squatter";
        await Shell.RunAsync("docker", "stop", "-t", "1", $"{bench}-backend");
        await Shell.RunAsync("docker", "run", "-d", "--name", name, "--network", $"{bench}-network", "--entrypoint", "sleep", server.Images.Release, "300");
        try
        {
            await DoneAsync(server, BenchPaths.ForRestart(bench), """{"services":["backend"]}""");

            using var http = new HttpProbe();
            Assert.Equal(404, (await http.GetAsync(before.FrontendPort, "nosuch.example.com", "/api/method/ping", Cancel)).Status);
            Assert.True(StartOf(await server.ReadAsync(bench), BenchService.Frontend) > StartOf(before, BenchService.Frontend));
        }
        finally
        {
            await Shell.RunAsync("docker", "rm", "-f", name);
        }
    }

    [Fact]
    public async Task Limits_are_in_force_at_once_and_stay_in_the_record()
    {
        var (server, bench) = await fixture.BenchAsync();
        var before = await server.ReadAsync(bench);
        var limits = new BenchLimits(900, 500, 200, 1.5, 1, 0.5);

        await DoneAsync(server, BenchPaths.ForLimits(bench), JsonSerializer.Serialize(limits, BenchWorkJson.Default.BenchLimits));

        foreach (var service in BenchServices.All)
        {
            var inspected = await Shell.RunAsync("docker", "inspect", $"{bench}-{service.Name()}", "--format", "{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}");
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{(long)limits.MegabytesOf(service) << 20} {(long)(limits.ProcessorsOf(service)!.Value * 1e9)}"), inspected);
        }

        // Not one of them was restarted, and a container that is made anew gets them too.
        var after = await server.ReadAsync(bench);
        Assert.All(BenchServices.All, service => Assert.Equal(StartOf(before, service), StartOf(after, service)));
        Assert.Equal(limits, after.Limits);
        Assert.Equal(limits, new BenchFolder(server.Paths, bench).Read()!.Limits);
        Assert.Contains("maxmemory 150mb", await File.ReadAllTextAsync(RedisConfig.FileOf(new BenchFolder(server.Paths, bench), BenchService.RedisCache), Cancel), StringComparison.Ordinal);

        // No limit of processors means all that the server has.
        await DoneAsync(server, BenchPaths.ForLimits(bench), JsonSerializer.Serialize(before.Limits!, BenchWorkJson.Default.BenchLimits));
        Assert.Equal(before.Limits, (await server.ReadAsync(bench)).Limits);
    }

    [Fact]
    public async Task A_limit_that_would_kill_a_service_is_refused_before_anything_changes()
    {
        var server = await fixture.ServerAsync();
        var (_, bench) = await fixture.BenchAsync();
        var before = (await server.ReadAsync(bench)).Services.Select(service => service.MemoryLimitMegabytes).ToList();

        // The lab's backend is small: what it uses is made more than the lowest limit.
        await Shell.RunAsync("docker", "exec", "-d", $"{bench}-backend", "/home/frappe/frappe-bench/env/bin/python", "-c", "import time; x = bytearray(300 << 20); time.sleep(300)");
        try
        {
            await server.UntilAsync(async () => long.Parse((await Shell.RunAsync("docker", "stats", "--no-stream", "--format", "{{.MemUsage}}", $"{bench}-backend")).Split('.', 'M')[0], CultureInfo.InvariantCulture) > 300);
            var job = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, BenchPaths.ForLimits(bench), """{"backendMegabytes":256,"workerMegabytes":512,"smallServiceMegabytes":256}"""));
            Assert.Equal((JobState.Failure, JobErrorCodes.LimitUnfit), (job.State, job.Error?.Code));
            Assert.Contains("backend uses", job.Error!.Message, StringComparison.Ordinal);
            Assert.Equal(before, (await server.ReadAsync(bench)).Services.Select(service => service.MemoryLimitMegabytes));
        }
        finally
        {
            await Shell.TryAsync("docker", "exec", $"{bench}-backend", "pkill", "-f", "bytearray");
        }
    }

    [Fact]
    public async Task Workers_are_as_many_as_was_asked_and_only_their_containers_are_made_anew()
    {
        var (server, bench) = await fixture.BenchAsync();
        var before = await server.ReadAsync(bench);
        var wanted = new BenchWorkers(3, 2, 2, before.Workers!.LongWorkers);

        await DoneAsync(server, BenchPaths.ForWorkers(bench), JsonSerializer.Serialize(wanted, BenchWorkJson.Default.BenchWorkers));

        var after = await server.ReadAsync(bench);
        Assert.Equal(wanted, after.Workers);
        Assert.Equal(
            [BenchService.Backend, BenchService.Frontend, BenchService.QueueShort], BenchServices.All.Where(service => StartOf(after, service) != StartOf(before, service)));
        Assert.Contains("--workers=3", await Shell.RunAsync("docker", "top", $"{bench}-backend"), StringComparison.Ordinal);

        // The pool and its workers; bench doctor also counts workers that were killed some minutes ago.
        await server.UntilAsync(async () =>
            (await Shell.RunAsync("docker", "top", $"{bench}-queue-short")).Split('\n').Count(line => line.Contains("/bin/python", StringComparison.Ordinal)) == 1 + wanted.ShortWorkers);
        await DoneAsync(server, BenchPaths.ForWorkers(bench), JsonSerializer.Serialize(before.Workers, BenchWorkJson.Default.BenchWorkers));
    }

    [Fact]
    public async Task A_variable_reaches_the_programs_and_a_secret_one_is_told_to_nobody()
    {
        const string canary = "c4nary-of-the-environment";
        var (server, bench) = await fixture.BenchAsync();

        var job = await DoneAsync(server, BenchPaths.ForEnvironment(bench), $$$"""{"changes":{"S3_BUCKET":"backups","S3_SECRET":"{{{canary}}}"}}""");

        foreach (var service in (string[])["backend", "websocket", "queue-short", "queue-long", "scheduler"])
            Assert.Equal($"backups {canary}", await Shell.RunAsync("docker", "exec", $"{bench}-{service}", "sh", "-c", "echo $S3_BUCKET $S3_SECRET"));

        Assert.Equal("", await Shell.RunAsync("docker", "exec", $"{bench}-frontend", "sh", "-c", "echo $S3_BUCKET"));
        var told = await server.Client.GetStringAsync(BenchPaths.ForEnvironment(bench), Cancel);
        Assert.Equal("""[{"name":"S3_BUCKET","value":"backups"},{"name":"S3_SECRET"}]""", told);
        Assert.DoesNotContain(canary, JsonSerializer.Serialize(job, AgentJson.Default.JobSnapshot), StringComparison.Ordinal);
        Assert.DoesNotContain(canary, server.Output.ToString(), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(server.Paths.AgentFolder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/tls/", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(canary, await reader.ReadToEndAsync(Cancel), StringComparison.Ordinal);
        }

        var kept = Path.Combine(new BenchFolder(server.Paths, bench).Config, "environment.json");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));

        await DoneAsync(server, BenchPaths.ForEnvironment(bench), """{"changes":{"S3_BUCKET":null,"S3_SECRET":null}}""");
        Assert.Equal("[]", await server.Client.GetStringAsync(BenchPaths.ForEnvironment(bench), Cancel));
    }

    [Theory]
    [InlineData("""{"changes":{"PATH":"/tmp"}}""", "protected-variable")]
    [InlineData("""{"changes":{"LD_PRELOAD":"/tmp/x.so"}}""", "protected-variable")]
    [InlineData("""{"changes":{"GUNICORN_WORKERS":"9"}}""", "protected-variable")]
    [InlineData("""{"changes":{"A=B":"x"}}""", "invalid-request")]
    [InlineData("""{"changes":{"A":"one\ntwo"}}""", "invalid-request")]
    [InlineData("""{"changes":{}}""", "invalid-request")]
    public async Task A_variable_that_would_break_the_bench_is_refused(string body, string code)
    {
        var (server, bench) = await fixture.BenchAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, BenchPaths.ForEnvironment(bench)) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add(AgentRoutes.IdempotencyKeyHeader, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString());
        using var answer = await server.Client.SendAsync(request, Cancel);
        Assert.Equal(code, JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(Cancel), AgentJson.Default.AgentProblem)!.Code);
    }

    [Fact]
    public async Task A_variable_with_which_the_bench_does_not_start_is_taken_back()
    {
        var server = await fixture.ServerAsync();
        var bench = await NewBenchAsync(server, "fragile");

        await DoneAsync(server, BenchPaths.ForEnvironment(bench), """{"changes":{"KEPT":"yes"}}""");

        // Containers made anew meet a configuration that no program of the release can read, whatever the variables are.
        await File.WriteAllTextAsync(new BenchFolder(server.Paths, bench).CommonSiteConfig, "{ broken", Cancel);
        var job = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, BenchPaths.ForEnvironment(bench), """{"changes":{"KEPT":"no","OTHER":"x"}}"""));

        Assert.Equal(JobState.Failure, job.State);
        Assert.Equal("""[{"name":"KEPT","value":"yes"}]""", await server.Client.GetStringAsync(BenchPaths.ForEnvironment(bench), Cancel));
        Assert.Contains("KEPT=yes", await Shell.RunAsync("docker", "inspect", $"{bench}-backend", "--format", "{{.Config.Env}}"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(new BenchFolder(server.Paths, bench).Config, "environment.before.json")));
    }

    [Fact]
    public async Task The_doctor_tells_of_workers_queues_schedulers_and_versions_and_of_a_service_that_is_away()
    {
        var server = await fixture.ServerAsync();
        var bench = await NewBenchAsync(server, "patient");
        var site = SiteName.Parse("patient.example.com");
        Assert.Equal(JobState.Success, (await server.UntilEndAsync(await server.NewSiteAsync(bench, site.Value, Password))).State);

        var well = await DoctorAsync(server, bench);
        Assert.Null(well.Problem);
        Assert.Equal(well.Workers.ShortWorkers + well.Workers.LongWorkers, well.WorkersOnline);
        Assert.Equal([new SiteScheduler(site, IsEnabled: true, IsPaused: false, IsInMaintenance: false)], well.Sites);
        Assert.Contains(new BenchAppVersion("frappe", "15.50.0"), well.Apps);
        Assert.Empty(well.Outputs);

        // Within ten seconds the same answer: it is not looked at again.
        Assert.Equal(well.At, (await DoctorAsync(server, bench)).At);

        await Shell.RunAsync("docker", "stop", "-t", "1", $"{bench}-redis-queue");
        var sick = well;
        await server.UntilAsync(async () => (sick = await DoctorAsync(server, bench)).At != well.At);
        Assert.Null(sick.WorkersOnline);
        Assert.Equal("exited", sick.Services.Single(service => service.Service == BenchService.RedisQueue).State);
        Assert.Contains(sick.Outputs, output => output.Service == BenchService.RedisQueue);
    }

    [Fact]
    public async Task A_bench_with_sites_is_not_archived_and_they_are_listed()
    {
        var (server, bench) = await fixture.BenchAsync();
        var made = await server.UntilEndAsync(await server.NewSiteAsync(bench, "stays.example.com", Password));
        Assert.Equal(JobState.Success, made.State);

        var job = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, BenchPaths.ForArchive(bench), "{}"));

        Assert.Equal((JobState.Failure, JobErrorCodes.BenchHasSites), (job.State, job.Error?.Code));
        Assert.Contains("stays.example.com", job.Error!.Message, StringComparison.Ordinal);
        Assert.All((await server.ReadAsync(bench)).Services, service => Assert.Equal("running", service.State));
        Assert.Equal(200, (await server.ReadAsync(bench, SiteName.Parse("stays.example.com"))).Status);
    }

    [Fact]
    public async Task An_archived_bench_leaves_its_folder_and_nothing_else_and_its_name_and_port_are_free()
    {
        var server = await fixture.ServerAsync();
        var bench = await NewBenchAsync(server, "leaving");
        var port = (await server.ReadAsync(bench)).FrontendPort;
        await File.WriteAllTextAsync(Path.Combine(new BenchFolder(server.Paths, bench).Logs, "kept.log"), "kept", Cancel);

        var job = await DoneAsync(server, BenchPaths.ForArchive(bench), "{}");

        Assert.Equal("", await AgentServer.BenchObjectsAsync(bench));
        Assert.False(Directory.Exists(server.Paths.BenchFolder(bench)));
        var result = job.Result!.Value.Deserialize(BenchWorkJson.Default.ArchiveBenchResult)!;
        Assert.Equal(Path.Combine(server.Paths.ArchivedBenches, $"{bench}-{job.Id}"), result.Folder);
        Assert.Equal("kept", await File.ReadAllTextAsync(Path.Combine(result.Folder, "logs", "kept.log"), Cancel));
        Assert.Equal(port, (await server.ReadAsync(await NewBenchAsync(server, "leaving"))).FrontendPort);
    }

    internal static async Task<BenchName> NewBenchAsync(AgentServer server, string name)
    {
        var bench = BenchName.Parse($"{server.Prefix}-{name}");
        var job = await server.UntilEndAsync(await server.NewBenchAsync(bench));
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        return bench;
    }

    private static async Task<JobSnapshot> DoneAsync(AgentServer server, string path, string body)
    {
        var job = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, path, body));
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        return job;
    }

    private static async Task<BenchDoctorReport> DoctorAsync(AgentServer server, BenchName bench) =>
        JsonSerializer.Deserialize(await server.Client.GetStringAsync(BenchPaths.ForDoctor(bench), Cancel), BenchWorkJson.Default.BenchDoctorReport)!;

    private static DateTimeOffset? StartOf(BenchInfo bench, BenchService service) => bench.Services.Single(each => each.Service == service).StartedAt;
}
