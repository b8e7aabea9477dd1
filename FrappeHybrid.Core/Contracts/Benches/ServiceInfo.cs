namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>One container of a bench.</summary>
/// <param name="Service">Which of the eight.</param>
/// <param name="State">The engine's word: "running", "exited", "restarting", ...; "missing" when there is no container.</param>
/// <param name="StartedAt">When it was last started.</param>
/// <param name="RestartCount">How often the engine restarted it.</param>
/// <param name="ExitCode">When it is not running.</param>
/// <param name="MemoryLimitMegabytes">In MiB; null for none.</param>
/// <param name="Processors">How many it may use at once; null for all.</param>
public sealed record ServiceInfo(
    BenchService Service, string State, DateTimeOffset? StartedAt, int RestartCount, int? ExitCode, int? MemoryLimitMegabytes, double? Processors = null);
