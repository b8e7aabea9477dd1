using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Nginx;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>
/// How the parts of a bench's network are: what the engine says of the containers, and whether each answers where the others look for it. No page is asked
/// for: every look would be a line in the consoles that people watch. One look at a time for a bench and one in 5 seconds, however many ask.
/// </summary>
internal sealed class BenchNetworkLook(DockerEngine engine, MariaDb database, AgentOptions options, TimeProvider time)
{
    private const string Loopback = "127.0.0.1";
    private const int DatabaseSeconds = 4;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <summary>Less than a portal waits.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    private readonly Lock gate = new();
    private readonly Dictionary<BenchName, (DateTimeOffset BegunAt, Task<BenchNetwork> Answer)> looks = [];

    /// <summary>The last look when it is fresh, otherwise a new one; it goes on for the others when one of those who wait leaves.</summary>
    public async Task<BenchNetwork> ReadAsync(BenchFolder folder, BenchRecord record, CancellationToken cancel)
    {
        Task<BenchNetwork> answer;
        lock (gate)
        {
            var now = time.GetUtcNow();
            answer = looks.TryGetValue(record.Name, out var look) && (!look.Answer.IsCompleted || now - look.BegunAt < Fresh) ? look.Answer : LookAsync(folder, record);
            if (answer != look.Answer)
                looks[record.Name] = (now, answer);
        }

        return await answer.WaitAsync(cancel);
    }

    private async Task<BenchNetwork> LookAsync(BenchFolder folder, BenchRecord record)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        try
        {
            var sites = folder.ReadSites();
            var entries = sites.Count(site => File.Exists(folder.NginxFile(site)));
            Task<NetworkPart>[] looking = [NginxAsync(entries > 0, limit.Token), .. BenchServices.All.Select(service => ServiceAsync(record.Name, service, limit.Token)), DatabaseAsync(limit.Token)];
            return new BenchNetwork(time.GetUtcNow(), await Task.WhenAll(looking), sites.Count, entries);
        }
        catch (OperationCanceledException exception)
        {
            throw new DockerException(DockerFault.Unavailable, $"The engine did not answer within {Limit.TotalSeconds:0} seconds.", exception);
        }
    }

    /// <summary>Without any site it need not listen.</summary>
    private async Task<NetworkPart> NginxAsync(bool hasEntries, CancellationToken cancel)
    {
        var answers = await PortProbe.ConnectsAsync(Loopback, options.NginxPort, cancel);
        var isRunning = answers || new NginxWorkers(options.NginxPidFile, time).TakingVisitors().Count > 0;
        return new NetworkPart(NetworkPartKind.Nginx, Service: null, isRunning ? "running" : "stopped", Health: null, isRunning && (answers || hasEntries) ? answers : null, RestartCount: 0, ExitCode: null);
    }

    private async Task<NetworkPart> ServiceAsync(BenchName bench, BenchService service, CancellationToken cancel)
    {
        var container = await engine.FindContainerAsync(BenchContainers.NameOf(bench, service), cancel);
        var answers = IsUp(container) ? await AnswersAsync(service, BenchContainers.AddressOf(bench, container!), cancel) : null;
        return PartOf(NetworkPartKind.Service, service, container, answers);
    }

    private async Task<NetworkPart> DatabaseAsync(CancellationToken cancel)
    {
        var container = await engine.FindContainerAsync(options.MariaDbContainer, cancel);
        return PartOf(NetworkPartKind.Database, service: null, container, IsUp(container) ? await database.AnswersAsync(DatabaseSeconds, cancel) : null);
    }

    /// <summary>Where it listens for the others; null for a worker or the scheduler, which only ask.</summary>
    private static async Task<bool?> AnswersAsync(BenchService service, string address, CancellationToken cancel) => service switch
    {
        BenchService.Backend => await PortProbe.ConnectsAsync(address, 8000, cancel),
        BenchService.Frontend => await PortProbe.ConnectsAsync(address, 8080, cancel),
        BenchService.Websocket => await PortProbe.ConnectsAsync(address, 9000, cancel),
        BenchService.RedisCache or BenchService.RedisQueue => await RedisWire.AskAsync(address, cancel, "PING") is ["PONG"],
        BenchService.QueueShort or BenchService.QueueLong or BenchService.Scheduler => null,
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "Not one of the eight services."),
    };

    private static bool IsUp(ContainerDetails? container) => container is { State: { Running: true, Status: "running" } };

    private static NetworkPart PartOf(NetworkPartKind kind, BenchService? service, ContainerDetails? container, bool? answers) => container is null
        ? new NetworkPart(kind, service, "missing", Health: null, Answers: null, RestartCount: 0, ExitCode: null)
        : new NetworkPart(
            kind, service, container.State.Status, container.State.Health?.Status is { } health and not "none" ? health : null, answers, container.RestartCount, container.State.Running ? null : container.State.ExitCode);
}
