namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>`POST /benches/{bench}/restart`. Answers 202 with a <see cref="Jobs.JobSnapshot"/>; the job's id is the `Idempotency-Key` header.</summary>
/// <param name="Services">Which services; null or empty for all of them.</param>
public sealed record RestartBenchRequest(IReadOnlyList<BenchService>? Services = null);
