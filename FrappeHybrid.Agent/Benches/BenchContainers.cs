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
    public const string ServiceLabel = "frappe-hybrid.service";

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

    public string Network => NetworkOf(folder.Bench);

    public static string NetworkOf(BenchName bench) => $"{bench}-network";

    public static string NameOf(BenchName bench, BenchService service) => $"{bench}-{service.Name()}";

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

    /// <summary>What the image's apps folder holds, by a container that lives for that only: its entrypoint would write into the sites folder.</summary>
    public async Task<IReadOnlyList<AppName>> ListAppsAsync(ImageReference image, CancellationToken cancel)
    {
        var container = new NewContainer(
            image.Value,
            Entrypoint: ["ls"],
            Cmd: ["-1", "/home/frappe/frappe-bench/apps"],
            Env: [],
            Labels,
            User: null,
            ExposedPorts: null,
            new NewHostConfig([], Tmpfs: null, PortBindings: null, new RestartPolicy("no"), Memory: 256L << 20, Log, NetworkMode: "none", Init: false, SecurityOpt: null),
            NetworkingConfig: null);
        var id = await engine.CreateContainerAsync($"{folder.Bench}-apps", container, cancel);
        try
        {
            await engine.StartAsync(id, cancel);
            var code = await engine.WaitAsync(id, cancel);
            var output = await new DockerLogs(engine.Connection).TailAsync(id, 1000, cancel);
            var apps = output.Split('\n').Select(line => AppName.TryParse(line.Trim(), out var app) ? app : null).OfType<AppName>().ToList();
            return code == 0 && apps.Count > 0
                ? apps
                : throw new Jobs.JobFailedException(
                    Core.Contracts.Jobs.JobErrorCodes.CommandFailed,
                    $"{image} is not a bench image: it has no apps in /home/frappe/frappe-bench/apps.",
                    "Choose a release whose image is built as frappe_docker builds it.",
                    output);
        }
        finally
        {
            // Also when the job is cancelled in the middle.
            await engine.RemoveContainerAsync(id, CancellationToken.None);
        }
    }

    /// <summary>Takes everything away that has the bench's label, in whatever state it is.</summary>
    public async Task RemoveAllAsync(Action<string> tell, TimeProvider time, CancellationToken cancel)
    {
        // Until a look after a while finds nothing more: a killed Agent's last request may still be at work in the engine.
        while (await engine.ListContainersAsync(ServerLayout.Label, folder.Bench.Value, cancel) is { Count: > 0 } containers)
        {
            foreach (var container in containers)
            {
                tell($"Taking away container {(container.Names is [var first, ..] ? first : null)?.TrimStart('/') ?? container.Id}");
                await engine.RemoveContainerAsync(container.Id, cancel);
            }

            await Task.Delay(SecondLook, time, cancel);
        }

        await engine.RemoveNetworksAsync(ServerLayout.Label, folder.Bench.Value, cancel);
    }

    private static LogSettings Log => new("json-file", new Dictionary<string, string>(StringComparer.Ordinal) { ["max-size"] = "10m", ["max-file"] = "3" });

    private static bool NeedsDatabase(BenchService service) =>
        service is BenchService.Backend or BenchService.QueueShort or BenchService.QueueLong or BenchService.Scheduler;

    private NewContainer Describe(BenchRecord record, BenchService service, string gateway)
    {
        var isRedis = service is BenchService.RedisCache or BenchService.RedisQueue;
        var isFrontend = service == BenchService.Frontend;
        var labels = new Dictionary<string, string>(Labels, StringComparer.Ordinal) { [ServiceLabel] = service.Name() };
        var megabytes = Megabytes(record.Limits, service);
        var port = new Dictionary<string, IReadOnlyList<PortBinding>>(StringComparer.Ordinal)
        {
            ["8080/tcp"] = [new PortBinding("127.0.0.1", record.FrontendPort.ToString(CultureInfo.InvariantCulture))],
        };
        return new NewContainer(
            isRedis ? record.RedisImage.Value : record.Image.Value,
            Entrypoint: null,
            Command(service),
            Variables(service, gateway),
            labels,

            // Redis' image would start as root and give its data to a user of its own; as ours, the folder stays one that we can read and remove.
            User: isRedis ? RunAs : null,
            ExposedPorts: isFrontend ? new Dictionary<string, EmptyObject>(StringComparer.Ordinal) { ["8080/tcp"] = new EmptyObject() } : null,
            new NewHostConfig(
                Binds(service),
                service == BenchService.RedisCache ? new Dictionary<string, string>(StringComparer.Ordinal) { ["/data"] = "rw,mode=1777,size=16m" } : null,
                isFrontend ? port : null,
                new RestartPolicy("unless-stopped"),
                (long)megabytes << 20,
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
    private static IReadOnlyList<string>? Command(BenchService service) => service switch
    {
        BenchService.Backend => null,
        BenchService.Frontend => ["nginx-entrypoint.sh"],
        BenchService.Websocket => ["node", "/home/frappe/frappe-bench/apps/frappe/socketio.js"],
        BenchService.QueueShort => ["bench", "worker", "--queue", "short,default"],
        BenchService.QueueLong => ["bench", "worker", "--queue", "long,default,short"],
        BenchService.Scheduler => ["bench", "schedule"],

        BenchService.RedisCache or BenchService.RedisQueue => ["redis-server", RedisConfig.InContainer],
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "Not one of the eight services."),
    };

    private static IReadOnlyList<string> Variables(BenchService service, string gateway) => service switch
    {
        BenchService.Backend => ["GUNICORN_THREADS=4", "GUNICORN_WORKERS=2", "GUNICORN_TIMEOUT=120"],
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

    private static int Megabytes(BenchLimits limits, BenchService service) => service switch
    {
        BenchService.Backend => limits.BackendMegabytes,
        BenchService.QueueShort or BenchService.QueueLong or BenchService.Scheduler => limits.WorkerMegabytes,
        _ => limits.SmallServiceMegabytes,
    };
}
