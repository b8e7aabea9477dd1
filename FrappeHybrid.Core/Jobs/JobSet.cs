using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Jobs;

/// <summary>Jobs loaded together with their steps and what they make, so that whatever ends a job also moves its bench or site, in the same save.</summary>
internal static class JobSet
{
    /// <summary>The job with its steps, tracked; null when there is none.</summary>
    public static Task<Job?> JobAsync(this PortalDb db, Guid id, CancellationToken cancel) => db.Jobs.Include(job => job.Steps).SingleOrDefaultAsync(job => job.Id == id, cancel);

    /// <summary>After a change of a job: its bench or site follows.</summary>
    public static async Task SettleAsync(this PortalDb db, Job job, CancellationToken cancel)
    {
        if (!job.HasEnded)
            return;
        if (job.SiteId is { } siteId)
            (await db.Sites.FindAsync([siteId], cancel))?.Settle(job);
        else if (job.BenchId is { } benchId)
            (await db.Benches.FindAsync([benchId], cancel))?.Settle(job);
    }
}
