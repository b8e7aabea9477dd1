using FrappeHybrid.Core.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Backups;

internal static class BackupsServices
{
    public static void AddBackups(this IServiceCollection services)
    {
        services.AddSingleton<IJobEffect, BackupEffect>();
        services.AddSingleton<BackupAgent>();
        services.AddSingleton<BackupSync>();
        services.AddSingleton<BackupQueries>();
        services.AddSingleton<BackupSite>();
        services.AddSingleton<DeleteBackup>();
        services.AddSingleton<SetBackupRetention>();
        services.AddSingleton<CreateDownloadLink>();
        services.AddSingleton<DownloadBackup>();
        services.AddSingleton<UploadBackupFile>();
        services.AddSingleton<KeepUpload>();
    }
}
