using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Jobs;

/// <summary>Jobs loaded together with their steps.</summary>
internal static class JobSet
{
    /// <summary>The job with its steps, tracked; null when there is none.</summary>
    public static Task<Job?> JobAsync(this PortalDb db, Guid id, CancellationToken cancel) => db.Jobs.Include(job => job.Steps).SingleOrDefaultAsync(job => job.Id == id, cancel);
}
