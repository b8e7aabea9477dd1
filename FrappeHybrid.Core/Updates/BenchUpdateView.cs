namespace FrappeHybrid.Core.Updates;

/// <summary>The update of a bench as pages show it.</summary>
public sealed record BenchUpdateView(
    Guid Id,
    Guid TeamId,
    Guid BenchId,
    Guid TargetBenchId,
    string TargetBench,
    string TargetRelease,
    bool TargetIsReady,
    BenchUpdateState State,
    string? StateReason,
    string UserName,
    DateTimeOffset CreatedAt,
    DateTimeOffset ChangedAt,
    IReadOnlyList<BenchUpdateSiteView> Sites);
