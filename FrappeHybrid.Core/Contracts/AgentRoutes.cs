using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts;

/// <summary>The Agent's paths; they follow frappe/agent, which the field knows. Templates for the Agent, builders for the Portal.</summary>
public static class AgentRoutes
{
    /// <summary>The Agent's port.</summary>
    public const int Port = 25052;

    /// <summary>Header with the job's id on every call that changes something.</summary>
    public const string IdempotencyKeyHeader = "Idempotency-Key";

    /// <summary>Media type of the feed and of logs: one JSON object a line.</summary>
    public const string JsonLines = "application/x-ndjson";

    public const string Ping = "/ping";
    public const string Version = "/version";
    public const string Server = "/server";
    public const string Feed = "/feed";
    public const string Benches = "/benches";
    public const string Bench = "/benches/{bench}";
    public const string Sites = "/benches/{bench}/sites";
    public const string Site = "/benches/{bench}/sites/{site}";
    public const string Jobs = "/jobs";
    public const string Job = "/jobs/{id}";
    public const string CancelJob = "/jobs/{id}/cancel";

    /// <summary>A job that must never run: cancelled where it is known; where it is not, its key is taken for ever.</summary>
    public const string VoidJob = "/jobs/{id}/void";

    /// <summary>What the server has to say about a job that failed; ?bench= names the bench whose services are looked at.</summary>
    public const string JobEvidence = "/jobs/{id}/evidence";

    public static string ForBench(BenchName bench) => $"/benches/{bench}";

    public static string ForSites(BenchName bench) => $"/benches/{bench}/sites";

    public static string ForSite(BenchName bench, SiteName site) => $"/benches/{bench}/sites/{site}";

    public static string ForJob(Guid id) => $"/jobs/{id}";

    public static string ForCancelJob(Guid id) => $"/jobs/{id}/cancel";

    public static string ForVoidJob(Guid id) => $"/jobs/{id}/void";

    public static string ForJobEvidence(Guid id, BenchName? bench) => $"/jobs/{id}/evidence{(bench is null ? "" : $"?bench={bench}")}";
}
