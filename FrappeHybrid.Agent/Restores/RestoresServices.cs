using FrappeHybrid.Agent.Api;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;

namespace FrappeHybrid.Agent.Restores;

/// <summary>Restoring, copying and dropping sites: what the Agent is made of for it.</summary>
internal static class RestoresServices
{
    public static void AddRestores(this IServiceCollection services)
    {
        services.AddSingleton<SiteDatabases>().AddSingleton<SiteStages>().AddSingleton<SiteReplacer>().AddSingleton<NewSiteMaker>().AddSingleton<SiteArchives>();
        services.AddSingleton<IJobWork, RestoreSiteJob>().AddSingleton<IJobWork, RestoreNewSiteJob>().AddSingleton<IJobWork, CloneSiteJob>();
        services.AddSingleton<IJobWork, ReinstallSiteJob>().AddSingleton<IJobWork, DropSiteJob>().AddSingleton<IJobWork, UntrashSiteJob>();
        services.AddSingleton<IJobWork, PurgeTrashedSiteJob>().AddSingleton<IRoutes, RestoreSiteRoutes>();
    }
}
