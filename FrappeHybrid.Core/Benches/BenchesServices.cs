using FrappeHybrid.Core.Jobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Benches;

internal static class BenchesServices
{
    public static void AddBenches(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection("Benches").Get<BenchOptions>() ?? new BenchOptions();
        _ = options.Redis; // fails at start when it is not an image
        services.AddSingleton(options);
        services.AddSingleton<BenchQueries>();
        services.AddSingleton<BenchStatus>();
        services.AddSingleton<IJobEffect, NewBenchEffect>();
        services.AddSingleton<IJobEffect, ArchiveBenchEffect>();
        services.AddSingleton<BenchOrders>();
        services.AddSingleton<CreateBench>();
        services.AddSingleton<RestartBench>();
        services.AddSingleton<ChangeBenchLimits>();
        services.AddSingleton<ChangeBenchWorkers>();
        services.AddSingleton<ChangeBenchEnvironment>();
        services.AddSingleton<ArchiveBench>();
        services.AddSingleton<RetryBench>();
        services.AddSingleton<GiveUpBench>();
    }
}
