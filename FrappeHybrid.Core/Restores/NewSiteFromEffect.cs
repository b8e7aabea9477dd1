using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Restores;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;

namespace FrappeHybrid.Core.Restores;

/// <summary>A new site from a backup, and a clone: the site is there from the order on, as with "New Site".</summary>
internal sealed class NewSiteFromEffect : IJobEffect
{
    public IReadOnlyList<JobType> Types { get; } = [RestoreJobTypes.RestoreNewSite, RestoreJobTypes.CloneSite];

    public Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel) => Task.FromResult<Error?>(null);

    public async Task EndAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        if (await db.Sites.FindAsync([job.SiteId], cancel) is not { State: SiteState.Installing } site)
            return;
        if (job.State is not RunState.Success)
        {
            site.Become(SiteState.Broken, job.EndReason);
            return;
        }

        if (job.ResultAs(RestoreJson.Default.RestoreResult) is { } result)
            site.Apps = [.. result.Apps.Select(app => app.Value)];
        site.Become(SiteState.Active, null);
    }
}
