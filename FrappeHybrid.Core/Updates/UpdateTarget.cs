using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Updates;

/// <summary>A bench to which sites could be updated.</summary>
/// <param name="BenchId">The bench.</param>
/// <param name="BenchName">Its name.</param>
/// <param name="ReleaseName">What it runs.</param>
/// <param name="Version">Version of Frappe in it.</param>
/// <param name="Refusal">Why it is not possible now; null when it is.</param>
public sealed record UpdateTarget(Guid BenchId, string BenchName, string ReleaseName, string Version, Error? Refusal);
