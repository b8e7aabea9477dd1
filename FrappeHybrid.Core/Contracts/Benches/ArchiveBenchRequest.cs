namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>`POST /benches/{bench}/archive`. Answers 202 with a <see cref="Jobs.JobSnapshot"/>; the job's id is the `Idempotency-Key` header.</summary>
public sealed record ArchiveBenchRequest;
