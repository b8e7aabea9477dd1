using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts;

/// <summary>The Agent's paths for everyday work on a bench: templates for the Agent, builders for the Portal.</summary>
public static class BenchPaths
{
    public const string Restart = "/benches/{bench}/restart";
    public const string Limits = "/benches/{bench}/limits";
    public const string Workers = "/benches/{bench}/workers";
    public const string Environment = "/benches/{bench}/environment";
    public const string Doctor = "/benches/{bench}/doctor";

    /// <summary>How the parts of the bench's network are.</summary>
    public const string Network = "/benches/{bench}/network";

    public const string PullImage = "/images/pull";
    public const string Archive = "/benches/{bench}/archive";

    /// <summary>Log files that Frappe writes, of the bench and of its sites.</summary>
    public const string Logs = "/benches/{bench}/logs";

    /// <summary>The end of one log file of the bench; `?bytes=` says how much.</summary>
    public const string Log = "/benches/{bench}/logs/{log}";

    /// <summary>The same of a site.</summary>
    public const string SiteLog = "/benches/{bench}/sites/{site}/logs/{log}";

    public static string ForRestart(BenchName bench) => $"/benches/{bench}/restart";

    public static string ForLimits(BenchName bench) => $"/benches/{bench}/limits";

    public static string ForWorkers(BenchName bench) => $"/benches/{bench}/workers";

    public static string ForEnvironment(BenchName bench) => $"/benches/{bench}/environment";

    public static string ForDoctor(BenchName bench) => $"/benches/{bench}/doctor";

    public static string ForNetwork(BenchName bench) => $"/benches/{bench}/network";

    public static string ForArchive(BenchName bench) => $"/benches/{bench}/archive";

    public static string ForLogs(BenchName bench) => $"/benches/{bench}/logs";

    /// <summary>The end of a log file, of the bench when no site is given.</summary>
    public static string ForLog(BenchName bench, SiteName? site, LogName log, int bytes) =>
        FormattableString.Invariant($"/benches/{bench}{(site is null ? "" : $"/sites/{site}")}/logs/{log}?bytes={bytes}");
}
