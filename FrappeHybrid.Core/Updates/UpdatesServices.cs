using FrappeHybrid.Core.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Updates;

internal static class UpdatesServices
{
    public static void AddUpdates(this IServiceCollection services)
    {
        services.AddSingleton<IJobEffect, UpdateEffect>();
        services.AddSingleton<UpdateQueries>().AddSingleton<BenchUpdateQueries>();
        services.AddSingleton<MigrateSite>().AddSingleton<UpdateSite>().AddSingleton<RetryUpdate>().AddSingleton<StayOnVersion>().AddSingleton<RecoverSite>();
        services.AddSingleton<UpdateBenchSites>().AddSingleton<UpdateBenchSitesToRelease>().AddSingleton<BenchUpdateMoves>().AddSingleton<PauseBenchUpdate>().AddSingleton<ResumeBenchUpdate>().AddSingleton<CancelBenchUpdate>();
        services.AddSingleton<BenchUpdateStep>().AddSingleton<BenchUpdateRunner>();
    }
}
