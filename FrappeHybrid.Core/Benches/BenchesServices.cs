using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Benches;

internal static class BenchesServices
{
    public static void AddBenches(this IServiceCollection services)
    {
        services.AddSingleton<BenchQueries>();
    }
}
