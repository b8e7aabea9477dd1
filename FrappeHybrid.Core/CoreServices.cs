using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Consoles;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Invitations;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Keys;
using FrappeHybrid.Core.Mail;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.People;
using FrappeHybrid.Core.PortalBackups;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Terminals;
using FrappeHybrid.Core.Tokens;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FrappeHybrid.Core;

/// <summary>Registers Core in the portal. Each capability adds its own part.</summary>
public static class CoreServices
{
    /// <summary>Everything of Core; Data Protection and Identity are the portal's to add.</summary>
    public static IServiceCollection AddFrappeHybridCore(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Portal").Get<CoreOptions>() ?? new CoreOptions();
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SecretVault>();
        services.AddSingleton<LiveChanges>();
        services.AddDbContextFactory<PortalDb>((provider, database) => database
            .UseSqlite($"Data Source={options.DatabasePath}")
            .AddInterceptors(new SqlitePragmas(), new PublishChangesInterceptor(provider.GetRequiredService<LiveChanges>()), provider.GetRequiredService<ActivityChain>()));
        services.AddSingleton<DatabaseStartup>();
        services.AddSingleton<Housekeeping>();
        services.AddSingleton<RunOutputs>();
        services.AddKeys();
        services.AddTeams();
        services.AddTokens();
        services.AddAccounts(configuration);
        services.AddInvitations();
        services.AddPeople();
        services.AddActivity();
        services.AddMail(configuration);
        services.AddNotifications(configuration);
        services.AddWebhooks(configuration);
        services.AddServers(configuration);
        services.AddProvisioning(configuration);
        services.AddReleases(configuration);
        services.AddJobs(configuration);
        services.AddBenches(configuration);
        services.AddSites();
        services.AddBackups();
        services.AddPortalBackups(configuration);
        services.AddRestores();
        services.AddUpdates();
        services.AddConsoles();
        services.AddTerminals();
        return services;
    }
}
