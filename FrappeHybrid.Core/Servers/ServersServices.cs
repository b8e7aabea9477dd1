using FrappeHybrid.Core.Estate;
using FrappeHybrid.Core.Servers.Preflight;
using FrappeHybrid.Core.Servers.Upkeep;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Servers;

internal static class ServersServices
{
    public static void AddServers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ServerQueries>();
        services.AddSingleton<EstateQueries>();
        services.AddSingleton<CreateServer>();
        services.AddSingleton<UpdateServerConnection>();
        services.AddSingleton<SaveDraftStep>();
        services.AddSingleton<RemoveServerDraft>();
        services.AddSingleton<ScanHostKey>();
        services.AddSingleton<ConfirmHostKey>();
        services.AddSingleton<InstallKeyWithPassword>();
        services.AddSingleton<CheckConnection>();
        services.AddSingleton<RunPreflight>();
        services.AddSingleton<PreflightQueue>();
        services.AddSingleton<PreflightRunner>();
        services.AddSingleton<ServerUpkeep>();
        services.AddSingleton<ServerLoads>();
        services.AddSingleton<CleanUpServer>();
        services.AddSingleton<RebootServer>();
        services.AddSingleton<UpgradeAgent>();
        services.AddSingleton<UpgradeAllAgents>();
        services.AddSingleton<TakeServerOut>();
        services.AddSingleton<ForgetServer>();
        services.AddSingleton<HostTargets>();
        services.AddSingleton<PortalCertificate>();
        services.AddSingleton<IAgentConnection, AgentConnection>();
    }
}
