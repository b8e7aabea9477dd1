using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;

namespace FrappeHybrid.Core.Jobs;

/// <summary>What jobs of some types mean to the portal's own rows. Both parts run inside the save of the order, or of the job's end, so that nothing is half told.</summary>
public interface IJobEffect
{
    /// <summary>The types that it knows.</summary>
    IReadOnlyList<JobType> Types { get; }

    /// <summary>The job is being ordered: moves states, or says why it cannot be ordered now. Also asked before a job is tried again.</summary>
    Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel);

    /// <summary>The job has ended, however it did. May be told more than once: what has moved on already stays.</summary>
    Task EndAsync(PortalDb db, Job job, CancellationToken cancel);
}
