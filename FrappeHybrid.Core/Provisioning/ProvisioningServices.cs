using FrappeHybrid.Core.Provisioning.Ssh;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Provisioning;

internal static class ProvisioningServices
{
    public static void AddProvisioning(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection("Provisioning").Get<ProvisioningOptions>() ?? new ProvisioningOptions());
        services.AddSingleton<SshKeys>();
        services.AddSingleton<HostKeyScanner>();
        services.AddSingleton<IHostShell, OpenSshShell>();
        services.AddSingleton<PlayQueries>();
        services.AddSingleton<PlayQueue>();
        services.AddSingleton<PlayKinds>();
        services.AddSingleton<PlayOrders>();
        services.AddSingleton<PlayRunner>();
        services.AddSingleton<SetUpServer>();
        services.AddSingleton<RetryPlay>();
    }
}
