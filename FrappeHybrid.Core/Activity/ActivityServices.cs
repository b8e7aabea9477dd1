using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Activity;

internal static class ActivityServices
{
    public static void AddActivity(this IServiceCollection services)
    {
        services.AddSingleton<ActivityChain>();
        services.AddSingleton<RefusedActs>();
        services.AddSingleton<VerifyActivity>();
        services.AddSingleton<ActivityQueries>();
    }
}
