using FrappeHybrid.Agent.Api;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;

namespace FrappeHybrid.Agent.Sites;

/// <summary>Everyday work on sites: what the Agent is made of for it.</summary>
internal static class SiteWorkServices
{
    public static void AddSiteWork(this IServiceCollection services)
    {
        services.AddSingleton<BenchReader>().AddSingleton<BenchQueue>().AddSingleton<SiteFacts>().AddSingleton<SiteDatabase>().AddSingleton<SiteSignIn>();
        services.AddSingleton<IJobWork, ClearCacheJob>();
        services.AddSingleton<IJobWork, SetSchedulerJob>();
        services.AddSingleton<IJobWork, SetMaintenanceJob>();
        services.AddSingleton<IJobWork, SetAdministratorPasswordJob>();
        services.AddSingleton<IJobWork, ChangeSiteConfigJob>();
        services.AddSingleton<IJobWork, ChangeDomainsJob>();
        services.AddSingleton<IJobWork, RenameSiteJob>();
        services.AddSingleton<IJobWork, InstallAppJob>();
        services.AddSingleton<IJobWork, UninstallAppJob>();
        services.AddSingleton<IRoutes, SiteWorkRoutes>();
    }
}
