using FrappeHybrid.Agent.Api;
using FrappeHybrid.Agent.Jobs;

namespace FrappeHybrid.Agent.Benches;

/// <summary>Everyday work on benches: what the Agent is made of for it.</summary>
internal static class BenchWorkServices
{
    public static void AddBenchWork(this IServiceCollection services)
    {
        services.AddSingleton<BenchReady>().AddSingleton<BenchRecreation>().AddSingleton<BenchServicesLook>().AddSingleton<BenchDoctor>();
        services.AddSingleton<IJobWork, ChangeBenchWorkersJob>().AddSingleton<IJobWork, ChangeBenchEnvironmentJob>();
        services.AddSingleton<IJobWork, RestartBenchJob>().AddSingleton<IJobWork, ChangeBenchLimitsJob>().AddSingleton<IJobWork, ArchiveBenchJob>().AddSingleton<IJobWork, PullImageJob>();
        services.AddSingleton<IRoutes, BenchWorkRoutes>().AddSingleton<IRoutes, BenchLogRoutes>();
        services.AddSingleton<BenchNetworkLook>().AddSingleton<IRoutes, BenchNetworkRoute>();
    }
}
