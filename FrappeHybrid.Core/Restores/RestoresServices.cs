using FrappeHybrid.Core.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Restores;

internal static class RestoresServices
{
    public static void AddRestores(this IServiceCollection services)
    {
        services.AddSingleton<IJobEffect, SiteWorkEffect>();
        services.AddSingleton<IJobEffect, NewSiteFromEffect>();
        services.AddSingleton<IJobEffect, TrashEffect>();
        services.AddSingleton<RestoreQueries>();
        services.AddSingleton<RestoreSite>();
        services.AddSingleton<RestoreIntoNewSite>();
        services.AddSingleton<CloneSite>();
        services.AddSingleton<ReinstallSite>();
        services.AddSingleton<DropSite>();
        services.AddSingleton<BringBackSite>();
        services.AddSingleton<PurgeSite>();
        services.AddSingleton<TrashKeeper>();
        services.AddSingleton<TrashQueries>();
    }
}
