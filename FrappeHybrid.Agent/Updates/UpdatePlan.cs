using System.Text.Json.Serialization;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Updates;

namespace FrappeHybrid.Agent.Updates;

/// <summary>What a way back needs to know, kept in a file until the site serves again: it outlives the job when taking it back fails.</summary>
/// <param name="Job">The job that made it.</param>
/// <param name="Site">The site.</param>
/// <param name="Source">Its bench before.</param>
/// <param name="Target">Its bench afterwards; the same one for a migration.</param>
/// <param name="Database">Its database.</param>
/// <param name="Before">Maintenance as it was.</param>
/// <param name="Apps">The site's apps with the versions of the target.</param>
/// <param name="Phase">How far it has come.</param>
/// <param name="Tables">The tables that there were; null until they are copied.</param>
/// <param name="SkippedPatches">Patches that migrate left out; null until it is through.</param>
internal sealed record UpdatePlan(
    Guid Job,
    SiteName Site,
    BenchName Source,
    BenchName Target,
    string Database,
    MaintenanceKeys Before,
    IReadOnlyList<AppVersion> Apps,
    UpdatePhase Phase,
    IReadOnlyList<string>? Tables,
    IReadOnlyList<string>? SkippedPatches = null)
{
    /// <summary>The site changes its bench.</summary>
    [JsonIgnore]
    public bool Moves => Source != Target;
}

/// <summary>The keys of site_config.json that make maintenance, as JSON text; null for one that is not there.</summary>
/// <param name="MaintenanceMode">maintenance_mode.</param>
/// <param name="PauseScheduler">pause_scheduler.</param>
/// <param name="AllowReads">allow_reads_during_maintenance.</param>
/// <param name="WasOn">Somebody had turned maintenance on before.</param>
internal sealed record MaintenanceKeys(string? MaintenanceMode, string? PauseScheduler, string? AllowReads, bool WasOn);

/// <summary>A request for an update or a migration as agent.db keeps it: with its bench and site. Without a target it is a migration.</summary>
internal sealed record StoredUpdateRequest(BenchName Bench, SiteName Site, BenchName? TargetBench, bool SkipFailingPatches);

/// <summary>One element of `bench version -f json`.</summary>
internal sealed record BenchVersionLine(string? App, string? Version);

/// <summary>JSON of updates that only the Agent reads.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(UpdatePlan))]
[JsonSerializable(typeof(StoredUpdateRequest))]
[JsonSerializable(typeof(IReadOnlyList<BenchVersionLine>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class StoredUpdateJson : JsonSerializerContext;
