using System.Globalization;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>The eight containers of a bench, as frappe_docker lays them out, and the network that joins them.</summary>
internal sealed class BenchContainers(DockerEngine engine, AgentOptions options, BenchFolder folder)
{
    /// <summary>Label with the service's name.</summary>
    public const string ServiceLabel = ServerLayout.ServiceLabel;

    private const string SitesInContainer = "/home/frappe/frappe-bench/sites";
    private const string LogsInContainer = "/home/frappe/frappe-bench/logs";
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(1);
    private static readonly string RunAs = string.Create(CultureInfo.InvariantCulture, $"{ServerLayout.UserId}:{ServerLayout.UserId}");

    /// <summary>
    /// Redis first, because socketio.js ends itself without it. The frontend last, because its nginx looks up backend and websocket once, at its own
    /// start.
    /// </summary>
    public static IReadOnlyList<BenchService> StartOrder { get; } =
    [
        BenchService.RedisCache, BenchService.RedisQueue, BenchService.Backend, BenchService.Websocket, BenchService.QueueShort, BenchService.QueueLong,
        BenchService.Scheduler, BenchService.Frontend,
    ];

    /// <summary>Those that run the release's own programs, and get the bench's variables.</summary>
    public static IReadOnlyList<BenchService> WithVariables { get; } =
        [BenchService.Backend, BenchService.Websocket, BenchService.QueueShort, BenchService.QueueLong, BenchService.Scheduler];

    public string Network => NetworkOf(folder.Bench);

    public static string NetworkOf(BenchName bench) => $"{bench}-network";

    public static string NameOf(BenchName bench, BenchService service) => $"{bench}-{service.Name()}";

    /// <summary>Its address on the bench's own network; empty when it does not run.</summary>
    public static string AddressOf(BenchName bench, ContainerDetails container) => container.NetworkSettings?.Networks?.GetValueOrDefault(NetworkOf(bench))?.IPAddress ?? "";

    /// <summary>How long a service may take to end: a worker finishes the background job that it is at.</summary>
    public static int FarewellSeconds(BenchService service) => service switch
    {
        BenchService.QueueShort or BenchService.QueueLong => 60,
        BenchService.Backend => 20,
        _ => 10,
    };

    public IReadOnlyDictionary<string, string> Labels => new Dictionary<string, string>(StringComparer.Ordinal) { [ServerLayout.Label] = folder.Bench.Value };

    /// <summary>Makes one container, joins it to its networks, and starts it.</summary>
    public async Task StartAsync(BenchRecord record, BenchService service, string gateway, CancellationToken cancel)
    {
        var name = NameOf(folder.Bench, service);
        await engine.CreateContainerAsync(name, Describe(record, service, gateway), cancel);

        // No alias there: the names "backend" or "redis-cache" of two benches would be one name on a network that both share. On it a container is
        // known as <bench>-<service> only, which the engine adds by itself.
        if (NeedsDatabase(service))
            await engine.ConnectAsync(options.SharedNetwork, name, cancel);

        await engine.StartAsync(name, cancel);
    }

    /// <summary>Asks all services to end, the frontend first: nobody is let in any more, and background jobs come to their end.</summary>
    public async Task StopAllAsync(Action<string> tell, CancellationToken cancel)
    {
        tell("Stopping the services");
        await Task.WhenAll(StartOrder.Reverse().Select(async service =>
        {
            if (await engine.FindContainerAsync(NameOf(folder.Bench, service), cancel) is { State.Running: true } container)
                await engine.StopAsync(container.Id, FarewellSeconds(service), cancel);
        }));
    }

    /// <summary>Makes what is missing of the bench's network and containers, and starts what does not run.</summary>
    public async Task EnsureAllAsync(BenchRecord record, Action<string> tell, CancellationToken cancel)
    {
        if (await engine.FindNetworkAsync(Network, cancel) is null)
            await engine.CreateNetworkAsync(Network, Labels, cancel);

        var gateway = await NewBenchJob.GatewayAsync(engine, folder.Bench, cancel);
        foreach (var service in StartOrder)
        {
            var container = await engine.FindContainerAsync(NameOf(folder.Bench, service), cancel);
            if (container is { State.Running: true })
                continue;

            // One that never ran may lack a network: it was made by a process that was killed before it was whole.
            tell($"Starting {service.Name()}");
            if (container is { State.Status: "created" })
                await engine.RemoveContainerAsync(container.Id, cancel);

            if (container is null or { State.Status: "created" })
                await StartAsync(record, service, gateway, cancel);
            else
                await engine.StartAsync(container.Id, cancel);
        }
    }

    /// <summary>Takes everything away that has the bench's label, in whatever state it is.</summary>
    public async Task RemoveAllAsync(Action<string> tell, TimeProvider time, CancellationToken cancel)
    {
        // The last request of a killed or cancelled job may still be at work in the engine, which does not stop making a container when nobody waits for the
        // answer: what is there is only known by a look after a while.
        var containers = await engine.ListContainersAsync(ServerLayout.Label, folder.Bench.Value, cancel);
        do
        {
            foreach (var container in containers)
            {
                tell($"Taking away container {(container.Names is [var first, ..] ? first : null)?.TrimStart('/') ?? container.Id}");
                await engine.RemoveContainerAsync(container.Id, cancel);
            }

            await Task.Delay(SecondLook, time, cancel);
            containers = await engine.ListContainersAsync(ServerLayout.Label, folder.Bench.Value, cancel);
        }
        while (containers.Count > 0);

        await engine.RemoveNetworksAsync(ServerLayout.Label, folder.Bench.Value, cancel);
    }

    /// <summary>What the engine keeps of a container's output.</summary>
    public static LogSettings Log => new("json-file", new Dictionary<string, string>(StringComparer.Ordinal) { ["max-size"] = "10m", ["max-file"] = "3" });

    private static bool NeedsDatabase(BenchService service) =>
        service is BenchService.Backend or BenchService.QueueShort or BenchService.QueueLong or BenchService.Scheduler;

    private NewContainer Describe(BenchRecord record, BenchService service, string gateway)
    {
        var isRedis = service is BenchService.RedisCache or BenchService.RedisQueue;
        var isFrontend = service == BenchService.Frontend;
        var labels = new Dictionary<string, string>(Labels, StringComparer.Ordinal) { [ServiceLabel] = service.Name() };
        var port = new Dictionary<string, IReadOnlyList<PortBinding>>(StringComparer.Ordinal)
        {
            ["8080/tcp"] = [new PortBinding("127.0.0.1", record.FrontendPort.ToString(CultureInfo.InvariantCulture))],
        };
        return new NewContainer(
            isRedis ? record.RedisImage.Value : record.Image.Value,
            Entrypoint: null,
            Command(service, record.Counts),
            [.. WithVariables.Contains(service) ? new BenchEnvironment(folder).Read().Select(variable => $"{variable.Key}={variable.Value}") : [], .. Variables(service, gateway, record.Counts)],
            labels,

            // Redis' image would start as root and give its data to a user of its own; as ours, the folder stays one that we can read and remove.
            User: isRedis ? RunAs : null,
            ExposedPorts: isFrontend ? new Dictionary<string, EmptyObject>(StringComparer.Ordinal) { ["8080/tcp"] = new EmptyObject() } : null,
            new NewHostConfig(
                Binds(service),
                service == BenchService.RedisCache ? new Dictionary<string, string>(StringComparer.Ordinal) { ["/data"] = "rw,mode=1777,size=16m" } : null,
                isFrontend ? port : null,
                new RestartPolicy("unless-stopped"),
                (long)record.Limits.MegabytesOf(service) << 20,
                NanoProcessors(record.Limits, service),
                Log,
                NetworkMode: Network,
                Init: service is BenchService.QueueShort or BenchService.QueueLong or BenchService.Backend,
                SecurityOpt: ["no-new-privileges"]),
            new NewNetworking(new Dictionary<string, NetworkEndpoint>(StringComparer.Ordinal) { [Network] = new NetworkEndpoint(Aliases: [service.Name()]) }));
    }

    private List<string> Binds(BenchService service) => service switch
    {
        BenchService.RedisCache => [RedisBind(service)],
        BenchService.RedisQueue => [RedisBind(service), $"{folder.RedisQueue}:/data"],
        BenchService.Websocket => [.. ReleaseBinds(), $"{folder.Hosts}:/etc/hosts:ro"],
        _ => ReleaseBinds(),
    };

    private string RedisBind(BenchService service) => $"{RedisConfig.FileOf(folder, service)}:{RedisConfig.InContainer}:ro";

    private List<string> ReleaseBinds() => [$"{folder.Sites}:{SitesInContainer}", $"{folder.Logs}:{LogsInContainer}"];

    /// <summary>Null for the image's own, which starts gunicorn.</summary>
    private static IReadOnlyList<string>? Command(BenchService service, BenchWorkers workers) => service switch
    {
        BenchService.Backend => null,
        BenchService.Frontend => ["nginx-entrypoint.sh"],
        BenchService.Websocket => ["node", "/home/frappe/frappe-bench/apps/frappe/socketio.js"],
        BenchService.QueueShort => Worker("short,default", workers.ShortWorkers),
        BenchService.QueueLong => Worker("long,default,short", workers.LongWorkers),
        BenchService.Scheduler => ["bench", "schedule"],

        BenchService.RedisCache or BenchService.RedisQueue => ["redis-server", RedisConfig.InContainer],
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "Not one of the eight services."),
    };

    /// <summary>A pool only for more than one: Frappe before 15 has none.</summary>
    private static IReadOnlyList<string> Worker(string queues, int count) => count == 1
        ? ["bench", "worker", "--queue", queues]
        : ["bench", "worker-pool", "--queue", queues, "--num-workers", count.ToString(CultureInfo.InvariantCulture)];

    private static IReadOnlyList<string> Variables(BenchService service, string gateway, BenchWorkers workers) => service switch
    {
        BenchService.Backend =>
        [
            string.Create(CultureInfo.InvariantCulture, $"GUNICORN_THREADS={workers.GunicornThreads}"),
            string.Create(CultureInfo.InvariantCulture, $"GUNICORN_WORKERS={workers.GunicornWorkers}"),
            "GUNICORN_TIMEOUT=120",
        ],
        BenchService.Frontend =>
        [
            "BACKEND=backend:8000",
            "SOCKETIO=websocket:9000",
            "FRAPPE_SITE_NAME_HEADER=$host",

            // The server's nginx reaches the frontend through the gateway of this network; only what it says about the visitor's address is believed.
            $"UPSTREAM_REAL_IP_ADDRESS={gateway}",
            "UPSTREAM_REAL_IP_HEADER=X-Forwarded-For",
            "UPSTREAM_REAL_IP_RECURSIVE=off",
            "PROXY_READ_TIMEOUT=120",
            "CLIENT_MAX_BODY_SIZE=250m",
        ],
        _ => [],
    };

    /// <summary>As the engine counts them; 0 for no limit.</summary>
    private static long NanoProcessors(BenchLimits limits, BenchService service) => (long)((limits.ProcessorsOf(service) ?? 0) * 1_000_000_000);
}
