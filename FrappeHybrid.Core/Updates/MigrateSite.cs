using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Updates;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Updates;

/// <summary>Migrates a site in its bench: patches and tables are brought to the versions of its apps. Taken back by itself when it fails.</summary>
public sealed class MigrateSite(SiteOrders orders)
{
    /// <summary>The job's id.</summary>
    public Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, bool skipFailingPatches, CancellationToken cancel) => orders.OrderAsync(
        actor, siteId, UpdateJobTypes.MigrateSite, UpdateRoutes.ForMigrate, new MigrateSiteRequest(skipFailingPatches), UpdateJson.Default.MigrateSiteRequest, "migrate-site", "Migrated", cancel);
}
