using System.Globalization;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Benches;

/// <summary>Changes how many processes serve a bench; the containers concerned are made anew.</summary>
public sealed class ChangeBenchWorkers(BenchOrders orders)
{
    /// <summary>The job's id; "workers-invalid" when they break <see cref="BenchWorkers.Rule"/>.</summary>
    public Task<Result<Guid>> RunAsync(Actor actor, Guid benchId, BenchWorkers workers, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(workers);
        return orders.OrderAsync(
            actor,
            benchId,
            BenchJobTypes.ChangeWorkers,
            BenchPaths.ForWorkers,
            workers,
            BenchWorkJson.Default.BenchWorkers,
            "change-bench-workers",
            string.Create(CultureInfo.InvariantCulture, $"Changed to {workers.GunicornWorkers} web processes and {workers.ShortWorkers} + {workers.LongWorkers} workers: bench"),
            workers.AreValid() ? null : new Error("workers-invalid", "One of the counts does not fit.", BenchWorkers.Rule),
            cancel);
    }
}
