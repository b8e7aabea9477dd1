namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>`POST /benches/{bench}/environment`. Answers 202 with a <see cref="Jobs.JobSnapshot"/>; the job's id is the `Idempotency-Key` header.</summary>
/// <param name="Changes">By name: a value sets the variable, null removes it. What is not named stays as it is.</param>
public sealed record BenchEnvironmentRequest(IReadOnlyDictionary<string, string?> Changes);
