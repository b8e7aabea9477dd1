using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Agent.Identity;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>
/// A customer's server as far as the Agent sees one: folders of user 1000, a MariaDB on a shared network, an nginx, and the Agent's own process that
/// can be killed. All of it under names of its own in this machine's engine, so that it disturbs nobody, and gone afterwards.
/// </summary>
internal sealed class AgentServer : IAsyncDisposable
{
    public const string RootPassword = "root-of-the-agent-tests";
    private readonly TemporaryRoot root = new();
    private static int servers;
    private static int portBlocks;
    private readonly string name = string.Create(CultureInfo.InvariantCulture, $"agent-test-{Environment.ProcessId}-{Interlocked.Increment(ref servers)}");
    private readonly X509Certificate2 portal = AgentInstance.NewCertificate("portal");
    private readonly int port = FreePort();
    private readonly int nginxPort = FreePort();

    // Below what outgoing connections are given: a bench's port is looked for when the bench is made and taken when its frontend starts.
    private readonly int firstFrontendPort = 19_000 + (Interlocked.Increment(ref portBlocks) * 50 % 13_000);
    private readonly List<Guid> ordered = [];
    private readonly List<string> trusted = [];
    private Process? process;
    private HttpClient? client;
    private long told;

    private AgentServer(LabImages images) => Images = images;

    public LabImages Images { get; }

    public int ProcessId => process!.Id;

    private string? Program { get; init; }

    public AgentPaths Paths => root.Paths;

    public int NginxPort => nginxPort;

    /// <summary>Where the Agent listens, on 127.0.0.1.</summary>
    public int Port => port;

    /// <summary>What a portal pins.</summary>
    public string Fingerprint
    {
        get
        {
            using var own = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Paths.TlsFolder, "certificate.pem"));
            return AgentCertificate.Fingerprint(own);
        }
    }

    /// <summary>Beginning of the names of benches, so that two runs on one machine do not meet.</summary>
    public string Prefix => name;

    public HttpClient Client => client ?? throw new InvalidOperationException("The Agent does not run.");

    /// <summary>The server's folders, "/" to the Agent.</summary>
    public string Root => root.Folder;

    /// <summary>What stands for /tmp to the Agent, so that what it leaves there is seen.</summary>
    public string TemporaryFiles => Path.Combine(root.Folder, "tmp");

    /// <summary>Every job that was ordered here.</summary>
    public IReadOnlyList<Guid> Ordered => ordered;

    private string MariaDb => $"{name}-mariadb";

    private string Nginx => $"{name}-nginx";

    // nginx's own file has its number inside the container.
    private string NginxPidFile => Path.Combine(root.Folder, "nginx.pid");

    /// <summary>With the Agent that was built with the tests, or with a published program.</summary>
    public static async Task<AgentServer> CreateAsync(string? program = null)
    {
        var server = new AgentServer(LabImages.Require()) { Program = program };
        await server.PrepareAsync();
        await server.StartAgentAsync();
        return server;
    }

    public async Task StartAgentAsync()
    {
        string[] command = Program is null ? [DotnetProgram(), Path.Combine(AppContext.BaseDirectory, "frappe-hybrid-agent.dll"), "run"] : [Program, "run"];

        // As on a server: user 1000, with the engine's group. A bench's containers write as that user too.
        if (Environment.IsPrivilegedProcess)
            command = ["setpriv", "--reuid=1000", "--regid=1000", $"--groups={await Shell.RunAsync("stat", "-c", "%g", "/var/run/docker.sock")}", .. command];

        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[AgentPaths.RootVariable] = root.Folder;
        start.Environment["HOME"] = Paths.Home;
        start.Environment["TMPDIR"] = TemporaryFiles;

        // As its unit has it: see Provisioning/Scripts/12-agent.sh.
        start.Environment["MALLOC_ARENA_MAX"] = "1";
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "65536";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "65536";
        start.Environment["DOTNET_GCgen0size"] = "200000";
        if (Program is null)
        {
            // It is started hundreds of times, and lives for seconds: quick to start before quick to run.
            start.Environment["DOTNET_TieredCompilation"] = "1";
            start.Environment["DOTNET_TieredPGO"] = "0";
        }

        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Output.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => Output.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        client = NewClient();
        await UntilAsync(async () => await client.GetStringAsync(AgentRoutes.Ping) == """{"message":"pong"}""");
    }

    /// <summary>A client with connections of its own, pinned on both sides.</summary>
    public HttpClient NewClient(int connections = int.MaxValue) => new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = connections,
        SslOptions = new SslClientAuthenticationOptions
        {
            RemoteCertificateValidationCallback = (_, seen, _, _) => IsAgent(seen),
            LocalCertificateSelectionCallback = (_, _, _, _, _) => portal,
        },
    })
    { BaseAddress = new Uri($"https://127.0.0.1:{port}") };

    public async Task<BenchInfo> ReadAsync(BenchName bench) =>
        JsonSerializer.Deserialize(await Client.GetStringAsync(AgentRoutes.ForBench(bench)), AgentJson.Default.BenchInfo)!;

    public async Task<SiteInfo> ReadAsync(BenchName bench, SiteName site) =>
        JsonSerializer.Deserialize(await Client.GetStringAsync(AgentRoutes.ForSite(bench, site)), AgentJson.Default.SiteInfo)!;

    /// <summary>Lets one portal more in; the Agent reads its settings again.</summary>
    public async Task TrustAsync(string portalFingerprint)
    {
        trusted.Add(portalFingerprint);
        await WriteSettingsAsync();
    }

    /// <summary>Asks the job to end; it runs, so that its end is still to come.</summary>
    public async Task CancelAsync(Guid id)
    {
        using var answer = await Client.PostAsync(AgentRoutes.ForCancelJob(id), content: null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>Asks the job to end, whether it runs or has ended meanwhile.</summary>
    public async Task AskToEndAsync(Guid id)
    {
        using var answer = await Client.PostAsync(AgentRoutes.ForCancelJob(id), content: null);
        Assert.True(answer.IsSuccessStatusCode, answer.StatusCode.ToString());
    }

    /// <summary>What the Agent has logged.</summary>
    public StringBuilder Output { get; } = new();

    /// <summary>The most memory that the Agent's process has taken since it began, in bytes.</summary>
    public long PeakMemory() =>
        long.Parse(File.ReadLines($"/proc/{process!.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;

    /// <summary>As a power cut ends it.</summary>
    public async Task KillAgentAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        client!.Dispose();
    }

    /// <summary>Of the lab's older release, unless another image is named.</summary>
    public Task<Guid> NewBenchAsync(BenchName bench, string? image = null) =>
        OrderAsync(HttpMethod.Post, AgentRoutes.Benches, $$"""{"name":"{{bench}}","image":"{{image ?? Images.Release}}","redisImage":"{{Images.Redis}}"}""");

    /// <summary>A bench command by hand, beside the Agent; its output.</summary>
    public static Task<string> BenchCommandAsync(BenchName bench, params string[] command) =>
        Shell.RunAsync("docker", ["exec", "-e", "BENCH_LAB_PACE=0", $"{bench}-backend", "bench", .. command]);

    /// <summary>A file of a bench that a test has written itself belongs to the bench's user then, as all others do: the next test may look.</summary>
    public static Task GiveToBenchAsync(string path) => Shell.RunAsync("chown", "1000:1000", path);

    public Task<Guid> NewSiteAsync(BenchName bench, string site, string password, params string[] apps) => OrderAsync(
        HttpMethod.Post,
        AgentRoutes.ForSites(bench), $$"""{"name":"{{site}}","administratorPassword":"{{password}}","apps":[{{string.Join(',', apps.Select(app => $"\"{app}\""))}}]}""");

    /// <summary>The last number of the feed that a test has seen: a job that is ordered now is told behind it.</summary>
    public long Told => told;

    /// <summary>Follows the feed from its beginning, or from a number, until it tells of the job what is wanted.</summary>
    public async Task<JobSnapshot> FollowAsync(Guid id, Func<JobSnapshot, bool> wanted, List<FeedEvent>? events = null, long after = 0, Func<FeedEvent, bool>? until = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        using var reader = new StreamReader(await Client.GetStreamAsync(string.Create(CultureInfo.InvariantCulture, $"{AgentRoutes.Feed}?after={after}"), limit.Token));
        while (await reader.ReadLineAsync(limit.Token) is { } text)
        {
            var line = JsonSerializer.Deserialize(text, AgentJson.Default.FeedEvent)!;
            events?.Add(line);
            told = Math.Max(told, line.Number);
            if (line.JobId == id && line.Job is { } job && wanted(job))
                return job;

            if (until is not null && until(line))
                return line.Job!;
        }

        throw new InvalidOperationException("The feed has ended.");
    }

    public Task<JobSnapshot> UntilEndAsync(Guid id, List<FeedEvent>? events = null, long after = 0) =>
        FollowAsync(id, job => job.State is JobState.Success or JobState.Failure or JobState.Cancelled, events, after);

    /// <summary>SQL as root, one column.</summary>
    public async Task<string[]> QueryAsync(string sql) =>
        (await Shell.RunAsync("docker", "exec", MariaDb, "mariadb", $"--defaults-extra-file={ServerLayout.MariaDbClientOptionsInContainer}", "-N", "-B", "-e", sql))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Containers and networks of ours in the engine that are a bench's.</summary>
    public static async Task<string> BenchObjectsAsync(BenchName bench)
    {
        var containers = await Shell.RunAsync("docker", "ps", "-a", "--filter", $"label={ServerLayout.Label}={bench}", "--format", "{{.Names}}");
        var networks = await Shell.RunAsync("docker", "network", "ls", "--filter", $"label={ServerLayout.Label}={bench}", "--format", "{{.Name}}");
        return $"{containers}\n{networks}".Trim();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            await KillAgentAsync();

        foreach (var container in (await Shell.RunAsync("docker", "ps", "-aq", "--filter", $"name=^{name}")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await Shell.TryAsync("docker", "rm", "-f", "-v", container);

        foreach (var network in (await Shell.RunAsync("docker", "network", "ls", "-q", "--filter", $"name=^{name}")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await Shell.TryAsync("docker", "network", "rm", network);

        portal.Dispose();
        root.Dispose();
    }

    private async Task PrepareAsync()
    {
        var mariaDbFolder = Path.Combine(Paths.AgentFolder, "mariadb");
        Directory.CreateDirectory(mariaDbFolder);
        Directory.CreateDirectory(Paths.BenchesFolder);
        Directory.CreateDirectory(TemporaryFiles);
        var clientOptions = Path.Combine(mariaDbFolder, "client.cnf");
        await File.WriteAllTextAsync(clientOptions, $"[client]\nuser=root\npassword={RootPassword}\n");
        await WriteSettingsAsync();
        var nginxFile = Path.Combine(root.Folder, "nginx.conf");
        await File.WriteAllTextAsync(
            nginxFile,
            $$"""
            worker_processes 1; pid /tmp/nginx.pid; error_log /dev/stderr; events {}
            http {
              access_log off; client_body_temp_path /tmp/a; proxy_temp_path /tmp/b; fastcgi_temp_path /tmp/c; uwsgi_temp_path /tmp/d; scgi_temp_path /tmp/e;
              include {{Paths.BenchesFolder}}/*/nginx/*.conf;
            }
            """);
        if (Environment.IsPrivilegedProcess)
            await Shell.RunAsync("chown", "-R", "1000:1000", root.Folder);

        await Shell.RunAsync("docker", "network", "create", name);
        await Shell.RunAsync(
            "docker", "run", "-d", "--name", MariaDb, "--network", name, "-e", $"MARIADB_ROOT_PASSWORD={RootPassword}",
            "-v", $"{clientOptions}:{ServerLayout.MariaDbClientOptionsInContainer}:ro", Images.MariaDb,
            "--character-set-server=utf8mb4", "--collation-server=utf8mb4_unicode_ci", "--skip-character-set-client-handshake");

        // The release's image holds an nginx; on the host's network it stands where the server's own does.
        await Shell.RunAsync(
            "docker", "run", "-d", "--name", Nginx, "--network", "host", "--user", "0", "-v", $"{root.Folder}:{root.Folder}:ro", "--entrypoint", "nginx",
            Images.Release, "-c", nginxFile, "-g", "daemon off;");
        await File.WriteAllTextAsync(NginxPidFile, await Shell.RunAsync("docker", "inspect", "--format", "{{.State.Pid}}", Nginx));
        await UntilAsync(async () => (await QueryAsync("SELECT 1")) is ["1"]);
    }

    private async Task WriteSettingsAsync()
    {
        var nginx = $"\"docker\",\"exec\",\"{Nginx}\",\"nginx\",\"-c\",\"{root.Folder}/nginx.conf\"";
        await File.WriteAllTextAsync(
            Paths.SettingsFile,
            $$$"""
            {"serverId":"0197a5b2-7c1e-7c60-9d9d-3f2f3a1b2c4d","portalCertificateFingerprints":[{{{string.Join(',', trusted.Prepend(AgentCertificate.Fingerprint(portal)).Select(each => $"\"{each}\""))}}}],"listenPort":{{{port}}},
             "options":{"listenAddress":"127.0.0.1","sharedNetwork":"{{{name}}}","mariaDbContainer":"{{{MariaDb}}}","nginxPort":{{{nginxPort}}},"backgroundJobsSeconds":10,
                        "firstFrontendPort":{{{firstFrontendPort}}},"nginxTest":[{{{nginx}}},"-t"],"nginxReload":[{{{nginx}}},"-s","reload"],"nginxPidFile":"{{{NginxPidFile}}}"}}
            """);
    }

    /// <summary>Orders a job under a key of its own, which is then the job's id.</summary>
    public async Task<Guid> OrderAsync(HttpMethod method, string path, string? body, HttpClient? over = null)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        lock (ordered)
            ordered.Add(id);

        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");

        request.Headers.Add(AgentRoutes.IdempotencyKeyHeader, id.ToString());
        using var response = await (over ?? Client).SendAsync(request);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return id;
    }

    /// <summary>Looks until it is so, for a minute at most.</summary>
    public async Task UntilAsync(Func<Task<bool>> wanted)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if (await wanted())
                    return;
            }
            catch (Exception exception) when (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(1) && exception is HttpRequestException or InvalidOperationException)
            {
                // Not yet.
            }

            if (TimeProvider.System.GetElapsedTime(started) > TimeSpan.FromMinutes(1))
                throw new InvalidOperationException("It does not start. " + Output);

            await Task.Delay(50);
        }
    }

    /// <summary>Pinned, as the portal does it; the play reads the fingerprint on the server, and so does this.</summary>
    private bool IsAgent(X509Certificate? seen) => seen is X509Certificate2 certificate && AgentCertificate.Fingerprint(certificate) == Fingerprint;

    private static string DotnetProgram() => Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
