using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;

namespace FrappeHybrid.Core.Sites;

/// <summary>"New Site": CreateSite and RetrySite move the site themselves; its end settles it.</summary>
internal sealed class NewSiteEffect : IJobEffect
{
    public IReadOnlyList<JobType> Types { get; } = [JobTypes.NewSite];

    public Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel) => Task.FromResult<Error?>(null);

    public async Task EndAsync(PortalDb db, Job job, CancellationToken cancel) => (await db.Sites.FindAsync([job.SiteId], cancel))?.Settle(job);
}
