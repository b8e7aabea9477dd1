using System.Globalization;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Benches;

/// <summary>Gives a bench's containers other limits of memory and processors, while they run.</summary>
public sealed class ChangeBenchLimits(BenchOrders orders)
{
    /// <summary>The job's id; "limits-invalid" when they break <see cref="BenchLimits.Rule"/>.</summary>
    public Task<Result<Guid>> RunAsync(Actor actor, Guid benchId, BenchLimits limits, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return orders.OrderAsync(
            actor,
            benchId,
            BenchJobTypes.ChangeLimits,
            BenchPaths.ForLimits,
            limits,
            BenchWorkJson.Default.BenchLimits,
            "change-bench-limits",
            string.Create(CultureInfo.InvariantCulture, $"Changed the limits to {limits.BackendMegabytes}/{limits.WorkerMegabytes}/{limits.SmallServiceMegabytes} MB of bench"),
            limits.AreValid() ? null : new Error("limits-invalid", "One of the limits does not fit.", BenchLimits.Rule),
            cancel);
    }
}
