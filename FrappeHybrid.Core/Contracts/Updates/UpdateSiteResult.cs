using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Updates;

/// <summary>Result of "Update" and of "Migrate".</summary>
/// <param name="Bench">Where the site is now.</param>
/// <param name="Apps">The site's apps with the versions it has now.</param>
/// <param name="DowntimeSeconds">How long visitors got no page, asked every 50 ms through nginx; null when nobody counted to the end, because the Agent was started again in between.</param>
/// <param name="ReadOnlySeconds">How long nobody could change anything, the downtime included; null as above.</param>
/// <param name="SkippedPatches">Patches that failed and were left out, as it was asked for.</param>
public sealed record UpdateSiteResult(
    BenchName Bench, IReadOnlyList<AppVersion> Apps, double? DowntimeSeconds, double? ReadOnlySeconds, IReadOnlyList<string> SkippedPatches);
