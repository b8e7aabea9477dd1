namespace FrappeHybrid.Core.Contracts.Jobs;

/// <summary>A kind of job with its steps in the order in which they run.</summary>
/// <param name="Key">Stable name on the wire, e.g. "new-bench".</param>
/// <param name="Title">What a person reads, e.g. "New Bench".</param>
/// <param name="Steps">All steps; a job runs them in this order and skips none silently.</param>
/// <param name="TimeLimit">After this the job is ended as failed and its compensation runs.</param>
/// <param name="HoldsSecret">Its request holds a password or a key, so that the portal does not keep it and cannot send it again.</param>
public sealed record JobType(string Key, string Title, IReadOnlyList<StepDeclaration> Steps, TimeSpan TimeLimit, bool HoldsSecret = false);
