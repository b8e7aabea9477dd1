using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Provisioning;

internal static class ProvisioningServices
{
    public static void AddProvisioning(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<PlayQueries>();
    }
}
