using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Updates;

/// <summary>`POST /benches/{bench}/sites/{site}/update`.</summary>
/// <param name="TargetBench">A bench of a newer release on the same server, with all of the site's apps.</param>
/// <param name="SkipFailingPatches">Patches that fail are left out and named in the result; the rest goes on.</param>
public sealed record UpdateSiteRequest(BenchName TargetBench, bool SkipFailingPatches);
