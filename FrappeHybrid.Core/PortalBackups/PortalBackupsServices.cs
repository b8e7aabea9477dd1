using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.PortalBackups;

internal static class PortalBackupsServices
{
    public static void AddPortalBackups(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("PortalBackups").Get<PortalBackupOptions>() ?? new PortalBackupOptions());
        services.AddSingleton<PortalBackupWriter>();
        services.AddSingleton<PortalBackupStore>();
        services.AddSingleton<PortalBackupKeeper>();
        services.AddSingleton<PortalBackupQueries>();
        services.AddSingleton<CreatePortalBackup>();
        services.AddSingleton<DeletePortalBackup>();
        services.AddSingleton<DownloadPortalBackup>();
        services.AddSingleton<PortalBackupExam>();
        services.AddSingleton<RestorePortalBackup>();
    }
}
