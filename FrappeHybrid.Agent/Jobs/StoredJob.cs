using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>A job that has not ended, as the store holds it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">A key of <see cref="JobTypes"/>.</param>
/// <param name="State">Pending or Running.</param>
/// <param name="Request">Its request as JSON, without secrets.</param>
/// <param name="Sequence">The order in which jobs were accepted.</param>
/// <param name="Outcome">How it will end once its compensation is through; null while its steps run.</param>
internal sealed record StoredJob(Guid Id, string Type, JobState State, string Request, long Sequence, JobOutcome? Outcome);

/// <summary>An end that is decided but not reached: compensation comes first.</summary>
/// <param name="State">Failure or Cancelled.</param>
/// <param name="Error">Why.</param>
internal sealed record JobOutcome(JobState State, JobError Error);

/// <summary>A job to accept.</summary>
/// <param name="Id">The idempotency key.</param>
/// <param name="Type">Its type.</param>
/// <param name="Request">As JSON, without secrets.</param>
/// <param name="Digest">Of the whole request: see <see cref="JobSecrets.Digest"/>.</param>
internal sealed record JobSubmission(Guid Id, JobType Type, string Request, string Digest);

/// <summary>What became of a submission.</summary>
internal enum Acceptance
{
    /// <summary>Stored now.</summary>
    Accepted,

    /// <summary>The same request came before: this is its job.</summary>
    SameAgain,

    /// <summary>The key belongs to another request.</summary>
    KeyReused,
}
