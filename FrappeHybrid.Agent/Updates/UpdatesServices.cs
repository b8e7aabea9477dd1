using FrappeHybrid.Agent.Api;
using FrappeHybrid.Agent.Jobs;

namespace FrappeHybrid.Agent.Updates;

/// <summary>Updates and migrations of sites: what the Agent is made of for it.</summary>
internal static class UpdatesServices
{
    public static void AddUpdates(this IServiceCollection services)
    {
        services.AddSingleton<UpdatePlans>().AddSingleton<TableCopies>().AddSingleton<OpenTransactions>().AddSingleton<BackgroundJobs>().AddSingleton<BenchVersions>();
        services.AddSingleton<SiteMove>().AddSingleton<UpdateCheck>().AddSingleton<SiteUpdate>().AddSingleton<SiteRecovery>().AddSingleton<UpdateCompensation>();
        services.AddSingleton<IJobWork, UpdateSiteJob>().AddSingleton<IJobWork, MigrateSiteJob>().AddSingleton<IJobWork, RecoverSiteJob>();
        services.AddSingleton<IRoutes, UpdateEndpoints>();
    }
}
