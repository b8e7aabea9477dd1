using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>Turns a site's maintenance mode on or off: while it is on every visitor gets 503, and its scheduler pauses.</summary>
public sealed class SetSiteMaintenance(SiteOrders orders)
{
    /// <summary>The job's id.</summary>
    public Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, bool on, CancellationToken cancel) => orders.OrderAsync(
        actor,
        siteId,
        SiteJobTypes.SetMaintenance,
        SiteWorkRoutes.ForMaintenance,
        new SetMaintenanceRequest(on),
        SiteWorkJson.Default.SetMaintenanceRequest,
        "set-maintenance",
        $"Turned maintenance {(on ? "on" : "off")} for",
        cancel);
}
