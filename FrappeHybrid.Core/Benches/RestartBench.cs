using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Benches;

/// <summary>Starts a bench's services again, in the order in which visitors notice least.</summary>
public sealed class RestartBench(BenchOrders orders)
{
    /// <summary>The job's id.</summary>
    /// <param name="services">Which; null for all of them.</param>
    public Task<Result<Guid>> RunAsync(Actor actor, Guid benchId, IReadOnlyList<BenchService>? services, CancellationToken cancel) => orders.OrderAsync(
        actor,
        benchId,
        BenchJobTypes.Restart,
        BenchPaths.ForRestart,
        new RestartBenchRequest(services),
        BenchWorkJson.Default.RestartBenchRequest,
        "restart-bench",
        services is { Count: > 0 } ? $"Restarted {string.Join(", ", services.Select(service => service.Name()))} of bench" : "Restarted bench",
        null,
        cancel);
}
