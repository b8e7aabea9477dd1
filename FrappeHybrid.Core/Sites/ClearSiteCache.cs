using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>Empties a site's caches; it is slower for a moment and loses nothing.</summary>
public sealed class ClearSiteCache(SiteOrders orders)
{
    /// <summary>The job's id.</summary>
    public Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, CancellationToken cancel) => orders.OrderAsync(
        actor, siteId, SiteJobTypes.ClearCache, SiteWorkRoutes.ForClearCache, new ClearCacheRequest(), SiteWorkJson.Default.ClearCacheRequest, "clear-site-cache", "Cleared the cache of", cancel);
}
