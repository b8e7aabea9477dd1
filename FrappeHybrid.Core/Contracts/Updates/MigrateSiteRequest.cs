namespace FrappeHybrid.Core.Contracts.Updates;

/// <summary>`POST /benches/{bench}/sites/{site}/migrate`.</summary>
/// <param name="SkipFailingPatches">Patches that fail are left out and named in the result; the rest goes on.</param>
public sealed record MigrateSiteRequest(bool SkipFailingPatches);
