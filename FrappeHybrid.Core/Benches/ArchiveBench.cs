using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Benches;

/// <summary>Takes a bench without sites off its server; its folder is kept there in the archive. Name and port are free again.</summary>
public sealed class ArchiveBench(BenchOrders orders)
{
    /// <summary>The job's id; "bench-has-sites" with their names while there are any.</summary>
    public Task<Result<Guid>> RunAsync(Actor actor, Guid benchId, CancellationToken cancel) => orders.OrderAsync(
        actor,
        benchId,
        BenchJobTypes.Archive,
        BenchPaths.ForArchive,
        new ArchiveBenchRequest(),
        BenchWorkJson.Default.ArchiveBenchRequest,
        "archive-bench",
        "Archived bench",
        null,
        cancel);
}
