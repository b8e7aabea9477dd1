using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>Uninstalls an app from a site, with all of its documents; a backup is taken first and stays. frappe itself cannot be uninstalled.</summary>
public sealed class UninstallSiteApp(SiteOrders orders)
{
    /// <summary>The job's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, string app, CancellationToken cancel) => await orders.OrderAsync(
        actor,
        siteId,
        SiteJobTypes.UninstallApp,
        SiteWorkRoutes.ForUninstallApp,
        new AppRequest(AppName.TryParse(app, out var name) ? name : AppName.Parse("frappe")),
        SiteWorkJson.Default.AppRequest,
        "uninstall-app",
        $"Uninstalled {name?.Value ?? "an app"} from",
        cancel);
}
