using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Backups;

/// <summary>"Back up now".</summary>
public sealed class BackupSite(SiteOrders orders)
{
    /// <summary>The job's id.</summary>
    public Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, bool withFiles, CancellationToken cancel) => orders.OrderAsync(
        actor, siteId, BackupJobTypes.BackupSite, BackupRoutes.ForBackups, new BackupSiteRequest(withFiles), BackupJson.Default.BackupSiteRequest,
        "backup-site", withFiles ? "Backed up with files" : "Backed up", cancel);
}
