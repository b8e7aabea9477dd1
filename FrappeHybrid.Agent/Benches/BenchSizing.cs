using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Agent.Benches;

/// <summary>Memory limits of a bench where the request gives none. They are ceilings, not reservations, so benches may share the RAM above them.</summary>
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
}
