using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>Installs an app of the bench on a site. The site is closed meanwhile; what a failure leaves is taken back.</summary>
public sealed class InstallSiteApp(SiteOrders orders)
{
    /// <summary>The job's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, string app, CancellationToken cancel) => await orders.OrderAsync(
        actor,
        siteId,
        SiteJobTypes.InstallApp,
        SiteWorkRoutes.ForApps,
        new AppRequest(AppName.TryParse(app, out var name) ? name : AppName.Parse("frappe")),
        SiteWorkJson.Default.AppRequest,
        "install-app",
        $"Installed {name?.Value ?? "an app"} on",
        cancel);
}
