using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Restores;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Restores;

/// <summary>
/// Out of the trash, either way. A site that is being deleted stays in the trash until it is gone: its name may be another site's by now, and a site at work
/// has its name for itself.
/// </summary>
internal sealed class TrashEffect : IJobEffect
{
    private const string AtWork = "it is being brought back";

    public IReadOnlyList<JobType> Types { get; } = [RestoreJobTypes.UntrashSite, RestoreJobTypes.PurgeTrashedSite];

    public async Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        var site = await db.Sites.FindAsync([job.SiteId], cancel);
        if (site is not { State: SiteState.Trashed, Trash: { } trash })
            return new Error("site-not-in-trash", "The site is not in the trash.", "Look at the trash again: somebody was faster.");
        if (await db.Jobs.AnyAsync(each => each.SiteId == site.Id && (each.State == RunState.Undelivered || each.State == RunState.Pending || each.State == RunState.Running), cancel))
            return new Error("site-busy", $"Another job is at work on {trash.Name} in the trash.", "Wait until it has ended.");
        if (job.Type != RestoreJobTypes.UntrashSite.Key)
            return null;
        if (!trash.CanComeBack)
            return new Error("site-without-backup", $"{trash.Name} was dropped without a backup of its database: it cannot come back.", "Its files are on the server until it is deleted for ever.");
        site.Become(SiteState.Working, AtWork);
        return null;
    }

    public async Task EndAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        if (await db.Sites.FindAsync([job.SiteId], cancel) is not { Trash: { } trash } site)
            return;
        if (job.Type == RestoreJobTypes.PurgeTrashedSite.Key)
        {
            if (site.State is SiteState.Trashed && job.State is RunState.Success)
            {
                site.Become(SiteState.Archived, "Deleted for ever.");
                site.Trash = null;
                db.Backups.RemoveRange(await db.Backups.Where(backup => backup.SiteId == site.Id).ToListAsync(cancel));
            }
        }
        else if (site.State is SiteState.Working && job.State is RunState.Success)
        {
            if (job.ResultAs(RestoreJson.Default.RestoreResult) is { } result)
                site.Apps = [.. result.Apps.Select(app => app.Value)];
            site.Trash = null;
            site.Become(SiteState.Active, null);
        }
        else if (site.State is SiteState.Working)
        {
            site.Name = trash.Name;
            site.Become(SiteState.Trashed, $"Bringing it back did not work: {job.EndReason}");
        }
    }
}
