using FrappeHybrid.Agent.Api;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Metrics;

namespace FrappeHybrid.Agent.Servers;

/// <summary>Work on the server itself: what the Agent is made of for it.</summary>
internal static class ServerWorkServices
{
    public static void AddServerWork(this IServiceCollection services) => services
        .AddSingleton<DockerUpkeep>()
        .AddSingleton<DiskMeasure>()
        .AddSingleton<DiskMeter>()
        .AddSingleton<CleanUpPlanner>()
        .AddSingleton<IJobWork, CleanUpServerJob>()
        .AddSingleton<IRoutes, UpkeepApi>()
        .AddSingleton<LoadMeter>()
        .AddHostedService(provider => provider.GetRequiredService<LoadMeter>())
        .AddSingleton<IRoutes, LoadRoute>();
}
