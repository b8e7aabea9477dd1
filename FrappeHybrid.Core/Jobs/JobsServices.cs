using FrappeHybrid.Core.Jobs.Feed;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.Jobs;

internal static class JobsServices
{
    public static void AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<JobQueries>();
        services.AddSingleton<JobFactory>();
        services.AddSingleton<JobEffects>();
        services.AddSingleton<JobOrders>();
        services.AddSingleton<JobUpdates>();
        services.AddSingleton<AgentClient>();
        services.AddSingleton<DispatchSignal>();
        services.AddSingleton<JobDelivery>();
        services.AddSingleton<JobDispatcher>();
        services.AddSingleton<FeedApplier>();
        services.AddSingleton<FeedReconciler>();
        services.AddSingleton<ServerPresence>();
        services.AddSingleton<FeedFollowers>();
        services.AddSingleton<CancelJob>();
        services.AddSingleton<SupportBundle>();
        services.AddSingleton<RetryJob>();
    }
}
