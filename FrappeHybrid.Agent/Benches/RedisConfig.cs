using System.Globalization;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Benches;

namespace FrappeHybrid.Agent.Benches;

/// <summary>
/// The two Redis' own configuration files, named as bench names them. The container works with nothing but them, whatever its image holds and under
/// whatever user it runs.
/// </summary>
internal static class RedisConfig
{
    /// <summary>Where the container finds its file.</summary>
    public const string InContainer = "/etc/frappe-hybrid/redis.conf";

    public static string FileOf(BenchFolder folder, BenchService service) =>
        Path.Combine(folder.Config, service == BenchService.RedisCache ? "redis_cache.conf" : "redis_queue.conf");

    public static void Write(BenchFolder folder, BenchLimits limits)
    {
        // A cache that forgets when it is full; without the ceiling it would grow until the engine kills it with all it holds.
        DurableFile.Write(FileOf(folder, BenchService.RedisCache), Text("save \"\"", "appendonly no", $"maxmemory {CacheCeiling(limits)}", "maxmemory-policy allkeys-lru"));

        // Queued jobs survive a restart, so they are written as they come.
        DurableFile.Write(FileOf(folder, BenchService.RedisQueue), Text("appendonly yes"));
    }

    /// <summary>What the cache may hold, as Redis writes it: Redis itself needs the rest of the container's memory.</summary>
    public static string CacheCeiling(BenchLimits limits) => string.Create(CultureInfo.InvariantCulture, $"{limits.SmallServiceMegabytes * 3 / 4}mb");

    /// <summary>Reachable for the other containers of the bench's own network, which is all that there is on it.</summary>
    private static string Text(params string[] lines) => string.Join('\n', ["bind * -::*", "protected-mode no", "dir /data", "daemonize no", .. lines, ""]);
}
