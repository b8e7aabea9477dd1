using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Agent.Benches;

/// <summary>Memory limits and processes of a new bench. Limits are ceilings, not reservations, so benches may share the RAM above them.</summary>
internal static class BenchSizing
{
    /// <summary>
    /// A quarter of the RAM for the backend, an eighth for each worker, a sixteenth for each small service, between what real containers were seen to
    /// need (two gunicorn workers 250 MB and `bench new-site` 150 MB beside them; a worker 45 MB idle and as much again a job) and what more would not help.
    /// </summary>
    public static BenchLimits From(long memoryBytes)
    {
        var megabytes = (int)(memoryBytes / (1024 * 1024));
        return new BenchLimits(
            Math.Clamp(megabytes / 4, 768, 4096),
            Math.Clamp(megabytes / 8, 384, 2048),
            Math.Clamp(megabytes / 16, 192, 1024));
    }

    /// <summary>
    /// Web processes as bench itself counts them (two a processor and one), as far as the backend's memory goes: 350 MB are for gunicorn's master and a bench
    /// command beside it, and 120 MB for each. One worker of each queue for every two processors, with 400 MB for its job.
    /// </summary>
    public static BenchWorkers From(BenchLimits limits, int processors) => new(
        Math.Clamp(Math.Min((limits.BackendMegabytes - 350) / 120, (2 * processors) + 1), 2, 36),
        GunicornThreads: 4,
        Math.Clamp(Math.Min(limits.WorkerMegabytes / 400, processors / 2), 1, 4),
        Math.Clamp(Math.Min(limits.WorkerMegabytes / 400, processors / 2), 1, 4));
}
