using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>A running job, as its work sees it: its request and secret, its steps, its claims.</summary>
internal sealed class JobContext(JobStore store, JobType type, StoredJob stored, string? secret, TimeProvider time, ILogger logger)
{
    private const string PastReturnClaim = "past-return";

    private int nextStep;

    public Guid Id => stored.Id;

    /// <summary>As JSON, without secrets.</summary>
    public string Request => stored.Request;

    /// <summary>The request's secret; null when it has none, or when it was lost with the job's file.</summary>
    public string? Secret { get; } = secret;

    public Redactor Redactor { get; } = new();

    /// <summary>Does the next declared step; a step out of order is a fault of ours, because the page has shown another one.</summary>
    public async Task StepAsync(StepDeclaration step, Func<StepLog, Task<StepOutcome>> work)
    {
        if (nextStep >= type.Steps.Count || type.Steps[nextStep].Key != step.Key)
            throw new InvalidOperationException($"Step {step.Key} is not the next one of {type.Key}.");

        nextStep++;
        store.StartStep(Id, step.Key);
        StepOutcome outcome;
        using (var log = new StepLog(store, Id, step, Redactor, time, logger))
            outcome = await work(log);

        store.FinishStep(Id, step.Key, outcome);
    }

    /// <summary>True when all declared steps have been done.</summary>
    public bool IsThrough => nextStep == type.Steps.Count;

    /// <summary>From here on this is the job's own; on the disk when the call returns.</summary>
    public void Claim(JobClaim claim) => store.Claim(Id, claim);

    public IReadOnlyList<JobClaim> Claims => store.Claims(Id);

    /// <summary>
    /// From here on the job is not undone but finished, see <see cref="IJobWork.FinishAsync"/>: claimed before what cannot be taken back, e.g. before the
    /// old database goes.
    /// </summary>
    public void PassReturn() => Claim(new JobClaim(PastReturnClaim, ""));

    /// <summary>The job is past the point from which it can be undone.</summary>
    public bool IsPastReturn => Claims.Any(claim => claim.Kind == PastReturnClaim);

    /// <summary>Set by compensation that found out how the job really ended, e.g. "taken back": makes the job's error out of the reason for which it ended.</summary>
    public Func<JobError, JobError>? Conclusion { get; set; }

    /// <summary>Where compensation speaks: in the step that failed.</summary>
    public StepLog OpenCompensationLog()
    {
        var failed = store.Find(Id)?.Steps.LastOrDefault(step => step.StartedAt is not null)?.Key;
        return new StepLog(store, Id, type.Steps.FirstOrDefault(step => step.Key == failed) ?? type.Steps[0], Redactor, time, logger);
    }
}
