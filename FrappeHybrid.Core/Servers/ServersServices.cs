using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Servers;

internal static class ServersServices
{
    public static void AddServers(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ServerQueries>();
    }
}
