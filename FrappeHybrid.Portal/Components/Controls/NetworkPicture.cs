using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The network of a bench as frappe_docker draws it: its parts in the order in which a request goes through them, and what joins them.</summary>
public sealed class NetworkPicture
{
    private readonly Dictionary<string, NetworkPart> parts;
    private readonly BenchNetwork? network;

    /// <summary>The picture with what the Agent has seen; every part is unknown without it.</summary>
    public NetworkPicture(BenchNetwork? network)
    {
        this.network = network;
        parts = network?.Parts.GroupBy(NameOf).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal) ?? [];
        Tiers = [.. Names.Select(tier => (IReadOnlyList<NetworkNode>)[.. tier.Select(Node)])];
        Lines = [.. Joins.Select(join => new NetworkLine(join.Way, parts.TryGetValue(join.To, out var part) && StateLook.Of(part).Tone is "warn" or "fail"))];
    }

    /// <summary>The name of the way in, of which the server sees nothing.</summary>
    public const string Proxy = "proxy";

    /// <summary>The name of the server's nginx.</summary>
    public const string Nginx = "nginx";

    /// <summary>The name of the server's MariaDB.</summary>
    public const string Database = "database";

    /// <summary>The parts by how far a request has come when it is there; last those that only work with what is before them.</summary>
    public IReadOnlyList<IReadOnlyList<NetworkNode>> Tiers { get; }

    /// <summary>What joins them.</summary>
    public IReadOnlyList<NetworkLine> Lines { get; }

    /// <summary>What is not as it should be, in words.</summary>
    public IReadOnlyList<string> Remarks
    {
        get
        {
            var remarks = Tiers.SelectMany(tier => tier).Where(node => node.IsPoor).Select(node => Remark(node.Name, parts[node.Name])).ToList();
            if (network is { Entries: var entries, Sites: var sites } && entries < sites)
                remarks.Add($"nginx has an entry for {entries} of {Human.Count(sites, "site")}: visitors do not reach the rest.");
            return remarks;
        }
    }

    private static IReadOnlyList<IReadOnlyList<string>> Names { get; } =
        [[Proxy], [Nginx], ["frontend"], ["backend", "websocket"], [Database, "redis-cache", "redis-queue"], ["queue-short", "queue-long", "scheduler"]];

    // In a field of 100 by 270, where the style sheet puts the parts: columns of 16 with 5 between, rows of 46 with 10 between. What works with the database and
    // both Redis shares one rail; the websocket needs redis-queue alone.
    private static IReadOnlyList<(string To, string Way)> Joins { get; } =
    [
        (Nginx, "M16 135H21"),
        ("frontend", "M37 135H42"),
        ("backend", "M60.5 135V23H63"),
        ("websocket", "M60.5 135V247H63"),
        ("", "M58 135H60.5M79 23H81.5M79 79H81.5M79 135H81.5M79 191H81.5M81.5 23V237"),
        (Database, "M81.5 23H84"),
        ("redis-cache", "M81.5 135H84"),
        ("redis-queue", "M81.5 237H84M79 257H84"),
    ];

    private NetworkNode Node(string name)
    {
        var look = name == Proxy ? new StateLook(IconName.Site, "idle", "Outside")
            : parts.TryGetValue(name, out var part) ? StateLook.Of(part)
            : new StateLook(IconName.Idle, "idle", "Unknown");
        var shared = name switch
        {
            Nginx => ConsoleSource.NginxAccess,
            Database => ConsoleSource.Database,
            _ => null,
        };
        return new NetworkNode(name, look, BenchServices.TryParse(name, out var service) ? service : null, shared);
    }

    private static string NameOf(NetworkPart part) => part.Kind switch
    {
        NetworkPartKind.Nginx => Nginx,
        NetworkPartKind.Database => Database,
        NetworkPartKind.Service => part.Service?.Name() ?? "",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part.Kind, "Not a kind of part."),
    };

    private static string Remark(string name, NetworkPart part) => part switch
    {
        { State: "missing" } => $"There is no container of {name}.",
        { State: "running", Health: "unhealthy" } => $"{name} runs, but its own health check fails.",
        { State: "running" } => $"{name} runs, but does not answer where the others look for it.",
        { ExitCode: { } code } => $"{name} is {part.State}: exit code {code}, restarted {Human.Count(part.RestartCount, "time")}.",
        _ => $"{name} is {part.State}.",
    };
}
