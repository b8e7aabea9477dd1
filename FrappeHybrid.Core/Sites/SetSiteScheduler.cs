using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>Turns a site's scheduler on or off: without it no e-mail goes out, no report is made, nothing that is due happens.</summary>
public sealed class SetSiteScheduler(SiteOrders orders)
{
    /// <summary>The job's id.</summary>
    public Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, bool enabled, CancellationToken cancel) => orders.OrderAsync(
        actor,
        siteId,
        SiteJobTypes.SetScheduler,
        SiteWorkRoutes.ForScheduler,
        new SetSchedulerRequest(enabled),
        SiteWorkJson.Default.SetSchedulerRequest,
        "set-scheduler",
        $"Turned the scheduler {(enabled ? "on" : "off")} for",
        cancel);
}
