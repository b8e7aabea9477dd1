using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Metrics;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>"New Bench": pulls the release, lays out the bench's folder, and starts its eight containers.</summary>
internal sealed class NewBenchJob(
    DockerEngine engine, DockerImages images, BenchCatalog catalog, AgentOptions options, ServerFacts facts, BenchReady ready, TimeProvider time) : IJobWork
{
    private const string BenchClaim = "bench";
    private const long DiskNeeded = 2L << 30;

    public JobType Type => JobTypes.NewBench;

    public IReadOnlyList<JobLock> Locks(string request) => [JobLock.Server, JobLock.ForBench(Read(request).Name, alone: true)];

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        var folder = catalog.Folder(request.Name);
        var containers = new BenchContainers(engine, options, folder);
        BenchRecord? record = null;
        var gateway = "";
        var signIns = SignIns.Of(job);

        await job.StepAsync(NewBenchSteps.Check, _ => CheckAsync(request, folder, cancel));
        await job.StepAsync(NewBenchSteps.PullImage, log => PullAsync(request, signIns, log, cancel));

        // Nothing of the bench's name was on the server when the lock was taken, and nobody else makes any while it is held.
        job.Claim(new JobClaim(BenchClaim, request.Name.Value));
        await job.StepAsync(NewBenchSteps.CreateFolders, _ => Task.FromResult(CreateFolders(folder)));
        await job.StepAsync(NewBenchSteps.Configure, async log =>
        {
            record = await ConfigureAsync(request, folder, log, cancel);
            return StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"{record.Apps.Count} apps, frontend on 127.0.0.1:{record.FrontendPort}"));
        });
        await job.StepAsync(NewBenchSteps.CreateNetwork, async _ =>
        {
            await engine.CreateNetworkAsync(containers.Network, containers.Labels, cancel);
            gateway = await GatewayAsync(engine, request.Name, cancel);
            return StepOutcome.Done($"{containers.Network}, gateway {gateway}");
        });
        await job.StepAsync(NewBenchSteps.StartServices, async log =>
        {
            foreach (var service in BenchContainers.StartOrder)
            {
                log.Line($"Starting {service.Name()}");
                await containers.StartAsync(record!, service, gateway, cancel);
            }

            return StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"{BenchContainers.StartOrder.Count} containers"));
        });
        await job.StepAsync(NewBenchSteps.WaitUntilReady, log => ready.WaitAsync(folder, record!, BenchServices.All, log, cancel));

        return JsonSerializer.SerializeToElement(new NewBenchResult(record!.FrontendPort, record.ImageDigest, record.Apps), AgentJson.Default.NewBenchResult);
    }

    public async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        foreach (var claim in job.Claims.Where(claim => claim.Kind == BenchClaim))
        {
            var folder = catalog.Folder(BenchName.Parse(claim.Value));
            using var log = job.OpenCompensationLog();
            await new BenchContainers(engine, options, folder).RemoveAllAsync(log.Line, time, cancel);
            if (folder.Exists)
            {
                log.Line($"Taking away {folder.Path}");
                Directory.Delete(folder.Path, recursive: true);
            }
        }
    }

    /// <summary>The server's own address on the bench's network.</summary>
    public static async Task<string> GatewayAsync(DockerEngine engine, BenchName bench, CancellationToken cancel)
    {
        var network = await engine.FindNetworkAsync(BenchContainers.NetworkOf(bench), cancel);
        return network?.IPAM?.Config?.Select(pool => pool.Gateway).FirstOrDefault(address => IPAddress.TryParse(address, out _))
            ?? throw new DockerException(DockerFault.NotFound, $"The network of bench {bench} has no gateway.");
    }

    private async Task<StepOutcome> CheckAsync(NewBenchRequest request, BenchFolder folder, CancellationToken cancel)
    {
        var version = await engine.VersionAsync(cancel);
        if (folder.Exists || (await engine.ListContainersAsync(ServerLayout.Label, request.Name.Value, cancel)).Count > 0
            || await engine.FindNetworkAsync(BenchContainers.NetworkOf(request.Name), cancel) is not null)
        {
            throw new JobFailedException(
                JobErrorCodes.BenchExists, $"A bench called {request.Name} is on this server already.", "Choose another name, or archive that bench first.");
        }

        foreach (var service in BenchServices.All)
        {
            if (await engine.FindContainerAsync(BenchContainers.NameOf(request.Name, service), cancel) is { } other)
                throw new JobFailedException(JobErrorCodes.BenchExists, $"A container called {other.Name.TrimStart('/')} is on this server already.", "Choose another name for the bench.");
        }

        if (await engine.FindNetworkAsync(options.SharedNetwork, cancel) is null)
            throw new JobFailedException(JobErrorCodes.NotReady, $"The network {options.SharedNetwork} is missing.", "Run \"Set up server\" again; it makes what is missing.");

        var database = await engine.FindContainerAsync(options.MariaDbContainer, cancel);
        if (database is not { State.Running: true })
        {
            throw new JobFailedException(
                JobErrorCodes.DatabaseUnreachable, $"MariaDB ({options.MariaDbContainer}) is {database?.State.Status ?? "missing"}.", "Run \"Set up server\" again, or start the container.");
        }

        var server = facts.Read();
        if (server.DiskFreeBytes < DiskNeeded)
        {
            throw new JobFailedException(
                JobErrorCodes.DiskFull, string.Create(CultureInfo.InvariantCulture, $"Only {server.DiskFreeBytes >> 20} MB are free on the disk; 2 GB are needed."), "Free some space first.");
        }

        return StepOutcome.Done(string.Create(
            CultureInfo.InvariantCulture,
            $"Docker {version.Version}, {server.MemoryAvailableBytes >> 20} MB memory and {server.DiskFreeBytes >> 30} GB disk free"));
    }

    private async Task<StepOutcome> PullAsync(NewBenchRequest request, IReadOnlyList<RegistrySignIn> signIns, StepLog log, CancellationToken cancel)
    {
        // The release is by far the larger one: it is nine tenths of the bar.
        var release = await new ImagePull(images, request.Image, signIns).RunAsync(log.Line, share => log.Progress((int)(share * 90)), cancel);
        var redis = await new ImagePull(images, request.RedisImage, signIns).RunAsync(log.Line, share => log.Progress(90 + (int)(share * 10)), cancel);
        log.Progress(100);
        log.Line($"{request.RedisImage}: {redis}");
        return StepOutcome.Done(release);
    }

    private static StepOutcome CreateFolders(BenchFolder folder)
    {
        foreach (var path in (string[])[folder.Path, folder.Sites, folder.Logs, folder.Config, folder.Nginx, folder.Backups, folder.RedisQueue])
            Directory.CreateDirectory(path);

        return StepOutcome.Done(folder.Path);
    }

    private async Task<BenchRecord> ConfigureAsync(NewBenchRequest request, BenchFolder folder, StepLog log, CancellationToken cancel)
    {
        var apps = await ImageApps.ListAsync(engine, request.Image, $"{request.Name}-apps", request.Name.Value, cancel);
        log.Line($"Apps: {string.Join(", ", apps)}");
        DurableFile.Write(folder.AppsText, string.Join('\n', apps) + "\n");
        DurableFile.Write(
            folder.CommonSiteConfig,
            JsonSerializer.Serialize(
                new CommonSiteConfig(
                    "/usr/bin/chromium-headless-shell", options.MariaDbContainer, 3306, "redis://redis-cache:6379", "redis://redis-queue:6379", "redis://redis-queue:6379", 9000),
                BenchJson.Default.CommonSiteConfig));
        new BenchHosts(folder).Create();
        var server = facts.Read();
        var limits = request.Limits ?? BenchSizing.From(server.MemoryTotalBytes);
        new BenchEnvironment(folder).Write(new Dictionary<string, string>());
        var record = new BenchRecord(
            request.Name,
            request.Image,
            await new ImagePull(images, request.Image, []).DigestAsync(cancel),
            request.RedisImage,
            FreePort(),
            time.GetUtcNow(),
            apps,
            limits,
            BenchSizing.From(limits, server.Processors));
        RedisConfig.Write(folder, record.Limits);
        folder.Write(record);
        return record;
    }

    /// <summary>The lowest port that no bench has and nobody else listens on.</summary>
    private int FreePort()
    {
        var taken = catalog.All().Select(bench => bench.Record.FrontendPort).ToHashSet();
        for (var port = options.FirstFrontendPort; port < options.FirstFrontendPort + 1000; port++)
        {
            if (!taken.Contains(port) && CanListen(port))
                return port;
        }

        throw new JobFailedException(JobErrorCodes.Unexpected, "No port is free for the bench's frontend.", "Archive benches that are not needed.");
    }

    private static bool CanListen(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static NewBenchRequest Read(string request) => JsonSerializer.Deserialize(request, AgentJson.Default.NewBenchRequest)!;
}
