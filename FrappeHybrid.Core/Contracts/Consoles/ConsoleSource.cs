using System.Diagnostics.CodeAnalysis;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>
/// Where the lines of a console come from, on one server. As text it stands in addresses: "service:main:backend", "bench:main", "agent", "nginx-access", "nginx-error",
/// "database", "file:main:worker.log", "file:main:shop.example.com:frappe.log".
/// </summary>
public sealed record ConsoleSource
{
    private ConsoleSource(ConsoleSourceKind kind, BenchName? bench = null, BenchService? service = null, SiteName? site = null, LogName? log = null) =>
        (Kind, Bench, Service, Site, Log) = (kind, bench, service, site, log);

    /// <summary>What kind of source.</summary>
    public ConsoleSourceKind Kind { get; }

    /// <summary>The bench; null for the sources of the server itself.</summary>
    public BenchName? Bench { get; }

    /// <summary>The service, of <see cref="ConsoleSourceKind.Service"/> only.</summary>
    public BenchService? Service { get; }

    /// <summary>The site whose log file it is; null for a file of the bench.</summary>
    public SiteName? Site { get; }

    /// <summary>The file, of <see cref="ConsoleSourceKind.File"/> only.</summary>
    public LogName? Log { get; }

    /// <summary>The Agent's own log.</summary>
    public static ConsoleSource Agent { get; } = new(ConsoleSourceKind.Agent);

    /// <summary>nginx's record of requests.</summary>
    public static ConsoleSource NginxAccess { get; } = new(ConsoleSourceKind.NginxAccess);

    /// <summary>nginx's record of errors.</summary>
    public static ConsoleSource NginxError { get; } = new(ConsoleSourceKind.NginxError);

    /// <summary>What the server's MariaDB says.</summary>
    public static ConsoleSource Database { get; } = new(ConsoleSourceKind.Database);

    /// <summary>The output of a service.</summary>
    public static ConsoleSource OfService(BenchName bench, BenchService service) => new(ConsoleSourceKind.Service, bench, service);

    /// <summary>All services of a bench.</summary>
    public static ConsoleSource OfBench(BenchName bench) => new(ConsoleSourceKind.Bench, bench);

    /// <summary>A log file, of the bench when no site is given.</summary>
    public static ConsoleSource OfFile(BenchName bench, SiteName? site, LogName log) => new(ConsoleSourceKind.File, bench, site: site, log: log);

    /// <summary>The source of that text; false for any other text.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ConsoleSource? source)
    {
        source = (text ?? "").Split(':') switch
        {
            ["agent"] => Agent,
            ["nginx-access"] => NginxAccess,
            ["nginx-error"] => NginxError,
            ["database"] => Database,
            ["bench", var name] when BenchName.TryParse(name, out var bench) => OfBench(bench),
            ["service", var name, var of] when BenchName.TryParse(name, out var bench) && BenchServices.TryParse(of, out var service) => OfService(bench, service),
            ["file", var name, var of] when BenchName.TryParse(name, out var bench) && LogName.TryParse(of, out var log) => OfFile(bench, null, log),
            ["file", var name, var where, var of] when BenchName.TryParse(name, out var bench) && SiteName.TryParse(where, out var site) && LogName.TryParse(of, out var log) => OfFile(bench, site, log),
            _ => null,
        };
        return source is not null;
    }

    /// <summary>For a person: "main / backend", "nginx access log".</summary>
    public string Title => Kind switch
    {
        ConsoleSourceKind.Service => $"{Bench} / {Service!.Value.Name()}",
        ConsoleSourceKind.Bench => $"{Bench} / all services",
        ConsoleSourceKind.Agent => "Agent log",
        ConsoleSourceKind.NginxAccess => "nginx access log",
        ConsoleSourceKind.NginxError => "nginx error log",
        ConsoleSourceKind.Database => "MariaDB log",
        ConsoleSourceKind.File => Site is null ? $"{Bench} / {Log}" : $"{Site} / {Log}",
        _ => throw new InvalidOperationException("Not a source."),
    };

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        ConsoleSourceKind.Service => $"service:{Bench}:{Service!.Value.Name()}",
        ConsoleSourceKind.Bench => $"bench:{Bench}",
        ConsoleSourceKind.Agent => "agent",
        ConsoleSourceKind.NginxAccess => "nginx-access",
        ConsoleSourceKind.NginxError => "nginx-error",
        ConsoleSourceKind.Database => "database",
        ConsoleSourceKind.File => Site is null ? $"file:{Bench}:{Log}" : $"file:{Bench}:{Site}:{Log}",
        _ => throw new InvalidOperationException("Not a source."),
    };
}
