using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>
/// Starts a bench's frontend again when it looks for the others at addresses that they no longer have. Its nginx resolves backend and websocket once,
/// at its own start; a container that the engine has started again, after a reboot of the server for instance, may come back under another address,
/// and every request would then be answered with 502 until somebody notices.
/// </summary>
internal sealed partial class FrontendKeeper(DockerEngine engine, BenchCatalog catalog, HttpProbe http, TimeProvider time, ILogger<FrontendKeeper> logger) : BackgroundService
{
    private const int BadGateway = 502;
    private const int FarewellSeconds = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>What each frontend found at its start.</summary>
    private readonly Dictionary<BenchName, Known> known = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var (_, record) in catalog.All())
            {
                try
                {
                    await LookAsync(record, stoppingToken);
                }
                catch (DockerException exception)
                {
                    // The bench is being taken away, or the engine is: the next look will tell.
                    LogSkipped(record.Name, exception.Message);
                }
            }
        }
    }

    /// <summary>One look at one bench.</summary>
    internal async Task LookAsync(BenchRecord record, CancellationToken cancel)
    {
        var frontend = await FindAsync(record.Name, BenchService.Frontend, cancel);
        var backend = await FindAsync(record.Name, BenchService.Backend, cancel);
        var websocket = await FindAsync(record.Name, BenchService.Websocket, cancel);
        if (frontend is null || backend is null || websocket is null)
            return;

        var now = new Known(frontend.State.StartedAt, BenchContainers.AddressOf(record.Name, backend), BenchContainers.AddressOf(record.Name, websocket));
        var before = known.GetValueOrDefault(record.Name);
        known[record.Name] = now;
        var isStale = before?.FrontendStart == now.FrontendStart
            ? before != now

            // The first look at this frontend: only what was started after it can be elsewhere than it believes, and only it can say.
            : StartedAfter(frontend, backend, websocket) && (await http.GetAsync(record.FrontendPort, "frappe-hybrid.invalid", "/api/method/ping", cancel)).Status == BadGateway;
        if (!isStale)
            return;

        LogRestart(record.Name);
        await engine.RestartAsync(frontend.Id, FarewellSeconds, cancel);
    }

    private async Task<ContainerDetails?> FindAsync(BenchName bench, BenchService service, CancellationToken cancel) =>
        await engine.FindContainerAsync(BenchContainers.NameOf(bench, service), cancel) is { State.Running: true } container ? container : null;

    /// <summary>The engine writes times so that their text compares as they do, up to the second at least.</summary>
    private static bool StartedAfter(ContainerDetails frontend, params ReadOnlySpan<ContainerDetails> others)
    {
        foreach (var other in others)
        {
            if (string.CompareOrdinal(other.State.StartedAt, frontend.State.StartedAt) > 0)
                return true;
        }

        return false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Bench {Bench}: backend or websocket have another address; its frontend is started again")]
    private partial void LogRestart(BenchName bench);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Bench {Bench} was not looked at: {Reason}")]
    private partial void LogSkipped(BenchName bench, string reason);

    private sealed record Known(string? FrontendStart, string Backend, string Websocket);
}
