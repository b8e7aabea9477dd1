using System.Text.Json;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Jobs;

/// <summary>One type of job: what it needs alone, what it does, and how its half-made things are taken away.</summary>
internal interface IJobWork
{
    /// <summary>Its key, steps and time limit.</summary>
    JobType Type { get; }

    /// <summary>What it needs alone or shared; from the stored request, so that a restart comes to the same answer.</summary>
    IReadOnlyList<JobLock> Locks(string request);

    /// <summary>Does all declared steps and gives the result. A <see cref="JobFailedException"/> is a failure, any other exception a fault of ours.</summary>
    Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel);

    /// <summary>
    /// Takes away what the claims name. Runs again from the beginning when it was interrupted, so that every part of it finds its work done without
    /// complaint.
    /// </summary>
    Task CompensateAsync(JobContext job, CancellationToken cancel);

    /// <summary>
    /// Does the rest of a job that is past its point of no return, however it was ended, and gives its result. Runs again from the beginning when it was
    /// interrupted.
    /// </summary>
    Task<JsonElement> FinishAsync(JobContext job, CancellationToken cancel) => throw new InvalidOperationException($"{Type.Key} has no point of no return.");
}
