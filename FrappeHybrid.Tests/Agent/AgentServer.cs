using System.Diagnostics;
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
    private const string RootPassword = "root-of-the-agent-tests";
    private readonly TemporaryRoot root = new();
    private readonly string name = $"agent-test-{Environment.ProcessId}";
    private readonly X509Certificate2 portal = AgentInstance.NewCertificate("portal");
    private readonly int port = FreePort();
    private readonly int nginxPort = FreePort();
    private Process? process;
    private HttpClient? client;

    private AgentServer(LabImages images) => Images = images;

    public LabImages Images { get; }

    public AgentPaths Paths => root.Paths;

    public int NginxPort => nginxPort;

    /// <summary>Beginning of the names of benches, so that two runs on one machine do not meet.</summary>
    public string Prefix => name;

    public HttpClient Client => client ?? throw new InvalidOperationException("The Agent does not run.");

    private string MariaDb => $"{name}-mariadb";

    private string Nginx => $"{name}-nginx";

    public static async Task<AgentServer> CreateAsync()
    {
        var server = new AgentServer(LabImages.Require());
        await server.PrepareAsync();
        await server.StartAgentAsync();
        return server;
    }

    public async Task StartAgentAsync()
    {
        string[] command = [DotnetProgram(), Path.Combine(AppContext.BaseDirectory, "frappe-hybrid-agent.dll"), "run"];

        // As on a server: user 1000, with the engine's group. A bench's containers write as that user too.
        if (Environment.IsPrivilegedProcess)
            command = ["setpriv", "--reuid=1000", "--regid=1000", $"--groups={await Shell.RunAsync("stat", "-c", "%g", "/var/run/docker.sock")}", .. command];

        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[AgentPaths.RootVariable] = root.Folder;
        start.Environment["HOME"] = Paths.Home;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Output.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => Output.AppendLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, seen, _, _) => IsAgent(seen),
                LocalCertificateSelectionCallback = (_, _, _, _, _) => portal,
            },
        })
        { BaseAddress = new Uri($"https://127.0.0.1:{port}") };
        await UntilAsync(async () => await client.GetStringAsync(AgentRoutes.Ping) == """{"message":"pong"}""");
    }

    public async Task<BenchInfo> ReadAsync(BenchName bench) =>
        JsonSerializer.Deserialize(await Client.GetStringAsync(AgentRoutes.ForBench(bench)), AgentJson.Default.BenchInfo)!;

    public async Task<SiteInfo> ReadAsync(BenchName bench, SiteName site) =>
        JsonSerializer.Deserialize(await Client.GetStringAsync(AgentRoutes.ForSite(bench, site)), AgentJson.Default.SiteInfo)!;

    /// <summary>Asks the job to end; it runs, so that its end is still to come.</summary>
    public async Task CancelAsync(Guid id)
    {
        using var answer = await Client.PostAsync(AgentRoutes.ForCancelJob(id), content: null);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>What the Agent has logged.</summary>
    public StringBuilder Output { get; } = new();

    /// <summary>As a power cut ends it.</summary>
    public async Task KillAgentAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        client!.Dispose();
    }

    public Task<Guid> NewBenchAsync(BenchName bench) =>
        SubmitAsync(AgentRoutes.Benches, $$"""{"name":"{{bench}}","image":"{{Images.Release}}","redisImage":"{{Images.Redis}}"}""");

    public Task<Guid> NewSiteAsync(BenchName bench, string site, string password, params string[] apps) => SubmitAsync(
        AgentRoutes.ForSites(bench), $$"""{"name":"{{site}}","administratorPassword":"{{password}}","apps":[{{string.Join(',', apps.Select(app => $"\"{app}\""))}}]}""");

    /// <summary>Follows the feed from its beginning until it tells of the job what is wanted.</summary>
    public async Task<JobSnapshot> FollowAsync(Guid id, Func<JobSnapshot, bool> wanted, List<FeedEvent>? events = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        using var reader = new StreamReader(await Client.GetStreamAsync($"{AgentRoutes.Feed}?after=0", limit.Token));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            var told = JsonSerializer.Deserialize(line, AgentJson.Default.FeedEvent)!;
            events?.Add(told);
            if (told.JobId == id && told.Job is { } job && wanted(job))
                return job;
        }

        throw new InvalidOperationException("The feed has ended.");
    }

    public Task<JobSnapshot> UntilEndAsync(Guid id, List<FeedEvent>? events = null) =>
        FollowAsync(id, job => job.State is JobState.Success or JobState.Failure or JobState.Cancelled, events);

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
        await UntilAsync(async () => (await QueryAsync("SELECT 1")) is ["1"]);
    }

    private async Task WriteSettingsAsync()
    {
        var nginx = $"\"docker\",\"exec\",\"{Nginx}\",\"nginx\",\"-c\",\"{root.Folder}/nginx.conf\"";
        await File.WriteAllTextAsync(
            Paths.SettingsFile,
            $$$"""
            {"serverId":"0197a5b2-7c1e-7c60-9d9d-3f2f3a1b2c4d","portalCertificateFingerprints":["{{{AgentCertificate.Fingerprint(portal)}}}"],"listenPort":{{{port}}},
             "options":{"listenAddress":"127.0.0.1","sharedNetwork":"{{{name}}}","mariaDbContainer":"{{{MariaDb}}}","nginxPort":{{{nginxPort}}},
                        "firstFrontendPort":{{{FreePort()}}},"nginxTest":[{{{nginx}}},"-t"],"nginxReload":[{{{nginx}}},"-s","reload"]}}
            """);
    }

    private async Task<Guid> SubmitAsync(string path, string body)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(AgentRoutes.IdempotencyKeyHeader, id.ToString());
        using var response = await Client.SendAsync(request);
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
    private bool IsAgent(X509Certificate? seen)
    {
        using var own = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Paths.TlsFolder, "certificate.pem"));
        return seen is X509Certificate2 certificate && AgentCertificate.Fingerprint(certificate) == AgentCertificate.Fingerprint(own);
    }

    private static string DotnetProgram() => Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
