using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Jobs.Feed;
using FrappeHybrid.Core.Mail;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.PortalBackups;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Servers.Preflight;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Terminals;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Core.Webhooks;

namespace FrappeHybrid.Portal.Background;

/// <summary>The engines that run beside the pages.</summary>
public static class PortalBackground
{
    /// <summary>
    /// Adds them all. Needs AddFrappeHybridCore, Data Protection and Identity's core services (UserManager over PortalDb) from the caller; must come before any
    /// other hosted service, because it begins with the database.
    /// </summary>
    public static IServiceCollection AddPortalBackground(this IServiceCollection services)
    {
        services.AddHostedService<DatabaseStartupHost>();
        services.AddEngine<JobDispatcher>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<FeedFollowers>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<PreflightRunner>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<PlayRunner>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<BackupSync>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<TrashKeeper>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<SiteFactsWatch>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<BenchUpdateRunner>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<TerminalKeeper>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<RefusedActs>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<MailSender>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<NotificationFanOut>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<NotificationMailer>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<WebhookDeliverer>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<PortalBackupKeeper>((engine, cancel) => engine.RunAsync(cancel));
        services.AddEngine<Housekeeping>((engine, cancel) => engine.RunAsync(cancel));
        return services;
    }

    private static void AddEngine<TEngine>(this IServiceCollection services, Func<TEngine, CancellationToken, Task> run)
        where TEngine : class
        => services.AddHostedService(provider => new EngineHost<TEngine>(
            provider.GetRequiredService<TEngine>(), run, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<TEngine>>()));
}
