namespace FrappeHybrid.Core.Contracts.Benches;

/// <summary>What a bench's containers may take of the server. Ceilings, not reservations: benches share what is above them.</summary>
/// <param name="BackendMegabytes">Memory of backend in MiB; at least 256.</param>
/// <param name="WorkerMegabytes">Memory of each of queue-short, queue-long and scheduler in MiB; at least 128.</param>
/// <param name="SmallServiceMegabytes">Memory of each of frontend, websocket and the two Redis in MiB; at least 64.</param>
/// <param name="BackendProcessors">Processors that backend may use at once, e.g. 1.5; null for all of them.</param>
/// <param name="WorkerProcessors">The same for each worker and the scheduler.</param>
/// <param name="SmallServiceProcessors">The same for each small service.</param>
public sealed record BenchLimits(
    int BackendMegabytes,
    int WorkerMegabytes,
    int SmallServiceMegabytes,
    double? BackendProcessors = null,
    double? WorkerProcessors = null,
    double? SmallServiceProcessors = null)
{
    private const int MostMegabytes = 1 << 20;
    private const double FewestProcessors = 0.1;
    private const double MostProcessors = 256;

    /// <summary>What a user is told when limits do not pass.</summary>
    public const string Rule = "At least 256 MB for the backend, 128 for a worker, 64 for a small service, and at most 1 TB; processors from 0.1 to 256, or none for all.";

    /// <summary>Whether they keep the <see cref="Rule"/>.</summary>
    public bool AreValid() =>
        BackendMegabytes is >= 256 and <= MostMegabytes && WorkerMegabytes is >= 128 and <= MostMegabytes && SmallServiceMegabytes is >= 64 and <= MostMegabytes
        && IsValid(BackendProcessors) && IsValid(WorkerProcessors) && IsValid(SmallServiceProcessors);

    /// <summary>The memory of a service in MiB.</summary>
    public int MegabytesOf(BenchService service) => Of(service, BackendMegabytes, WorkerMegabytes, SmallServiceMegabytes);

    /// <summary>The processors of a service; null for all of them.</summary>
    public double? ProcessorsOf(BenchService service) => Of(service, BackendProcessors, WorkerProcessors, SmallServiceProcessors);

    private static T Of<T>(BenchService service, T backend, T worker, T small) => service switch
    {
        BenchService.Backend => backend,
        BenchService.QueueShort or BenchService.QueueLong or BenchService.Scheduler => worker,
        _ => small,
    };

    private static bool IsValid(double? processors) => processors is null or (>= FewestProcessors and <= MostProcessors);
}
