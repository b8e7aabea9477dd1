using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>A step did not work, for a reason that a person can be told; it ends the job, and its compensation runs.</summary>
internal sealed class JobFailedException : Exception
{
    public JobFailedException(string code, string message, string? advice = null, string? raw = null)
        : this(new JobError(code, message, advice, raw))
    {
    }

    public JobFailedException(JobError error)
        : base(error.Message) => Error = error;

    public JobError Error { get; }
}
