using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Releases;

internal static class ReleasesServices
{
    public static void AddReleases(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IReadOnlyList<ReleaseOptions>>(configuration.GetSection("Releases").Get<List<ReleaseOptions>>() ?? []);
        services.AddSingleton<ReleaseQueries>();
        services.AddSingleton<SeedReleases>();
    }
}
