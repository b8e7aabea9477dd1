using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;

namespace FrappeHybrid.Core.Backups;

/// <summary>"Backup" and "Keep Uploaded Backup": the site serves on; their result is the backup.</summary>
internal sealed class BackupEffect : IJobEffect
{
    public IReadOnlyList<JobType> Types { get; } = BackupJobTypes.All;

    public async Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel) =>
        await db.Sites.FindAsync([job.SiteId], cancel) is { IsServing: false } site ? SiteOrders.NotServing(site) : null;

    public Task EndAsync(PortalDb db, Job job, CancellationToken cancel) =>
        job.State is RunState.Success && job.ResultAs(BackupJson.Default.BackupRecord) is { } record ? BackupRegister.AddAsync(db, job, record, cancel) : Task.CompletedTask;
}
