using FrappeHybrid.Core.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Sites;

internal static class SitesServices
{
    public static void AddSites(this IServiceCollection services)
    {
        services.AddSingleton<SiteQueries>();
        services.AddSingleton<SiteOrders>();
        services.AddSingleton<IJobEffect, NewSiteEffect>();
        services.AddSingleton<CreateSite>();
        services.AddSingleton<RetrySite>();
        services.AddSingleton<GiveUpSite>();
        services.AddSingleton<SiteNames>();
        services.AddSingleton<SiteFactsReader>();
        services.AddSingleton<SiteFactsWatch>();
        services.AddSingleton<SiteDomainOrders>();
        services.AddSingleton<IJobEffect, ChangeDomainsEffect>();
        services.AddSingleton<IJobEffect, RenameSiteEffect>();
        services.AddSingleton<IJobEffect, SiteSwitchEffect>();
        services.AddSingleton<AddSiteDomain>();
        services.AddSingleton<RemoveSiteDomain>();
        services.AddSingleton<SetPrimaryDomain>();
        services.AddSingleton<RenameSite>();
        services.AddSingleton<IJobEffect, SiteAppsEffect>();
        services.AddSingleton<SiteAppsReader>();
        services.AddSingleton<InstallSiteApp>();
        services.AddSingleton<UninstallSiteApp>();
        services.AddSingleton<SiteConfigReader>();
        services.AddSingleton<ChangeSiteConfig>();
        services.AddSingleton<UndoSiteConfigChange>();
        services.AddSingleton<IDnsLookup, SystemDns>();
        services.AddSingleton<DomainChecks>();
        services.AddSingleton<ClearSiteCache>();
        services.AddSingleton<SetSiteScheduler>();
        services.AddSingleton<SetSiteMaintenance>();
        services.AddSingleton<ResetAdministratorPassword>();
        services.AddSingleton<SignInAsAdministrator>();
    }
}
