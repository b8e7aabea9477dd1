using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Identity;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Servers;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Servers;

/// <summary>A server whose engine is all its own, with the Agent as a process that can be killed: what a clean-up is tried on.</summary>
internal sealed class UpkeepServer : IAsyncDisposable
{
    private readonly TemporaryRoot root = new();
    private readonly X509Certificate2 portal = AgentInstance.NewCertificate("portal");
    private readonly int port = AgentServer.FreePort();
    private readonly StringBuilder output = new();
    private Process? process;
    private HttpClient? client;

    private UpkeepServer(PrivateEngine engine, LabImages images) => (Engine, Images) = (engine, images);

    public PrivateEngine Engine { get; }

    public LabImages Images { get; }

    public AgentPaths Paths => root.Paths;

    public HttpClient Client => client ?? throw new InvalidOperationException("The Agent does not run.");

    public static async Task<UpkeepServer> CreateAsync()
    {
        var images = LabImages.Require();
        var server = new UpkeepServer(await PrivateEngine.StartAsync(), images);
        await server.Engine.LoadAsync(images.Redis);
        Directory.CreateDirectory(server.Paths.AgentFolder);
        Directory.CreateDirectory(server.Paths.BenchesFolder);
        Directory.CreateDirectory(server.Paths.ArchivedFolder);
        await File.WriteAllTextAsync(
            server.Paths.SettingsFile,
            $$$"""
            {"serverId":"0197a5b2-7c1e-7c60-9d9d-3f2f3a1b2c4d","portalCertificateFingerprints":["{{{AgentCertificate.Fingerprint(server.portal)}}}"],"listenPort":{{{server.port}}},
             "options":{"listenAddress":"127.0.0.1","dockerSocket":"{{{server.Engine.Socket}}}"}}
            """);
        await server.OwnAsync();
        await server.StartAgentAsync();
        return server;
    }

    public async Task StartAgentAsync()
    {
        string[] command = ["dotnet", Path.Combine(AppContext.BaseDirectory, "frappe-hybrid-agent.dll"), "run"];
        if (Environment.IsPrivilegedProcess)
            command = ["setpriv", "--reuid=1000", "--regid=1000", "--clear-groups", .. command];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[AgentPaths.RootVariable] = root.Folder;
        start.Environment["HOME"] = Paths.Home;
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => output.AppendLine(line.Data);
        process.ErrorDataReceived += (_, line) => output.AppendLine(line.Data);
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
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await client.GetStringAsync(AgentRoutes.Ping);
                return;
            }
            catch (HttpRequestException) when (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromMinutes(1) && !process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    public async Task KillAgentAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        client!.Dispose();
    }

    public async Task<CleanUpPlan> PlanAsync(int? archivedDays = null, int jobDays = 30) =>
        (await Client.GetFromJsonAsync(UpkeepRoutes.ForCleanUpPlan(archivedDays, jobDays), UpkeepJson.Default.CleanUpPlan))!;

    public async Task<Guid> CleanUpAsync(CleanUpPlan plan, int? archivedDays = null, int jobDays = 30)
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, UpkeepRoutes.CleanUp)
        {
            Content = JsonContent.Create(new CleanUpRequest(plan.Digest, archivedDays, jobDays), UpkeepJson.Default.CleanUpRequest),
        };
        request.Headers.Add(AgentRoutes.IdempotencyKeyHeader, id.ToString());
        using var response = await Client.SendAsync(request);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, await response.Content.ReadAsStringAsync());
        return id;
    }

    public async Task<JobSnapshot> FollowAsync(Guid id, Func<JobSnapshot, bool> wanted)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var reader = new StreamReader(await Client.GetStreamAsync($"{AgentRoutes.Feed}?after=0", limit.Token));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (JsonSerializer.Deserialize(line, AgentJson.Default.FeedEvent) is { Job: { } job } told && told.JobId == id && wanted(job))
                return job;
        }

        throw new InvalidOperationException("The feed has ended.");
    }

    public Task<JobSnapshot> UntilEndAsync(Guid id) => FollowAsync(id, job => job.State is JobState.Success or JobState.Failure or JobState.Cancelled);

    /// <summary>A bench that is there, as far as its folder goes.</summary>
    public async Task AddBenchAsync(string name, string image)
    {
        var folder = new BenchFolder(Paths, BenchName.Parse(name));
        Directory.CreateDirectory(folder.Path);
        folder.Write(new BenchRecord(
            folder.Bench, ImageReference.Parse(image), ImageDigest: null, ImageReference.Parse(Images.Redis), 18000, DateTimeOffset.UnixEpoch, [], new BenchLimits(512, 256, 64)));
        await OwnAsync();
    }

    /// <summary>What a pull leaves in the Agent's own record.</summary>
    public async Task PulledAsync(string image)
    {
        var record = new PulledImages(Paths);
        record.Begin(ImageReference.Parse(image), before: null);
        record.End(ImageReference.Parse(image), await Engine.RunAsync("image", "inspect", "-f", "{{.Id}}", image));
        await OwnAsync();
    }

    public Task OwnAsync() => Environment.IsPrivilegedProcess ? Shell.RunAsync("chown", "-R", "1000:1000", root.Folder) : Task.CompletedTask;

    private bool IsAgent(X509Certificate? seen)
    {
        using var own = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(Paths.TlsFolder, "certificate.pem"));
        return seen is X509Certificate2 certificate && AgentCertificate.Fingerprint(certificate) == AgentCertificate.Fingerprint(own);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            await KillAgentAsync();
        await Engine.DisposeAsync();
        portal.Dispose();
        root.Dispose();
    }
}
