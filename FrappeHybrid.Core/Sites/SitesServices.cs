using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Sites;

internal static class SitesServices
{
    public static void AddSites(this IServiceCollection services)
    {
        services.AddSingleton<SiteQueries>();
        services.AddSingleton<CreateSite>();
        services.AddSingleton<RetrySite>();
        services.AddSingleton<GiveUpSite>();
    }
}
