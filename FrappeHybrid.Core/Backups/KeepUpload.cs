using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Backups;

/// <summary>All files of an upload are on the server: a job looks at them there and makes them a backup of the site.</summary>
public sealed class KeepUpload(SiteOrders orders)
{
    /// <summary>The job's id.</summary>
    public Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, Guid uploadId, CancellationToken cancel) => orders.OrderAsync(
        actor, siteId, BackupJobTypes.KeepUpload, (bench, site) => BackupRoutes.ForUpload(bench, site, uploadId), new KeepUploadRequest(uploadId), BackupJson.Default.KeepUploadRequest,
        "upload-backup", "Uploaded a backup of", cancel);
}
