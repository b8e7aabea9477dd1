using FrappeHybrid.Agent.Api;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;

namespace FrappeHybrid.Agent.Backups;

/// <summary>Backups of sites: what the Agent is made of for it.</summary>
internal static class BackupsServices
{
    public static void AddBackups(this IServiceCollection services)
    {
        services.AddSingleton<FrappeVersion>().AddSingleton<MariaDbDump>().AddSingleton<SiteDump>();
        services.AddSingleton<BackupStore>().AddSingleton<SiteBackups>();
        services.AddSingleton<IJobWork, BackupSiteJob>().AddSingleton<IJobWork, KeepUploadJob>();
        services.AddSingleton<IRoutes, SiteBackupRoutes>().AddSingleton<IRoutes, UploadRoutes>();
        services.AddHostedService<BackupKeeper>();
    }
}
