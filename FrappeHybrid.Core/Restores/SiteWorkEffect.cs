using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Restores;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;

namespace FrappeHybrid.Core.Restores;

/// <summary>Restore, reinstall and drop take a site out of service; it comes back as something else, or as it was.</summary>
internal sealed class SiteWorkEffect(TimeProvider time) : IJobEffect
{
    public IReadOnlyList<JobType> Types { get; } = [RestoreJobTypes.RestoreSite, RestoreJobTypes.ReinstallSite, RestoreJobTypes.DropSite];

    public async Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        var site = await db.Sites.FindAsync([job.SiteId], cancel);
        if (site is null)
            return Error.NotFound;
        if (site.State is not (SiteState.Active or SiteState.Recovered or SiteState.Fatal))
            return SiteOrders.NotServing(site);
        site.Become(SiteState.Working, WorkingReason(job));
        return null;
    }

    public async Task EndAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        if (await db.Sites.FindAsync([job.SiteId], cancel) is not { State: SiteState.Working } site)
            return;
        if (job.State is not RunState.Success)
        {
            site.PutBack(job, job.Title);
        }
        else if (job.Type == RestoreJobTypes.DropSite.Key)
        {
            var now = time.GetUtcNow();
            var result = job.ResultAs(RestoreJson.Default.DropSiteResult);
            site.Trash = new TrashedSite { Archive = result?.Archive ?? job.Id, Name = site.Name, At = now, Until = now + TrashedSite.Life, CanComeBack = result?.CanComeBack ?? false };
            site.Become(SiteState.Trashed, null);
        }
        else
        {
            var result = job.ResultAs(RestoreJson.Default.RestoreResult);
            if (result is { Apps.Count: > 0 })
                site.Apps = [.. result.Apps.Select(app => app.Value)];
            if (result?.SafetyBackup is { } safety)
                await BackupRegister.AddAsync(db, job, safety, cancel);
            site.Become(SiteState.Active, null);
        }
    }

    private static string WorkingReason(Job job) => job.Type switch
    {
        _ when job.Type == RestoreJobTypes.RestoreSite.Key => "it is being restored from a backup",
        _ when job.Type == RestoreJobTypes.ReinstallSite.Key => "it is being reinstalled",
        _ => "it is being dropped",
    };
}
