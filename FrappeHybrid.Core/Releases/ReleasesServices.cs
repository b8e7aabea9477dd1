using FrappeHybrid.Core.Jobs;
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
        services.AddSingleton(provider => new RegistryClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<RegistrySignIns>();
        services.AddSingleton<SetRegistrySignIn>();
        services.AddSingleton<RemoveRegistrySignIn>();
        services.AddSingleton<AddRelease>();
        services.AddSingleton<EditRelease>();
        services.AddSingleton<OfferRelease>();
        services.AddSingleton<DeleteRelease>();
        services.AddSingleton<CheckRelease>();
        services.AddSingleton<PullRelease>();
        services.AddSingleton<IJobEffect, PullImageEffect>();
    }
}
