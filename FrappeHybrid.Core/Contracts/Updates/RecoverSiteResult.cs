using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Core.Contracts.Updates;

/// <summary>Result of "Recover".</summary>
/// <param name="Bench">Where the site is: the bench in which it was before the update.</param>
public sealed record RecoverSiteResult(BenchName Bench);
