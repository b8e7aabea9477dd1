using System.Globalization;
using System.Net.Sockets;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Updates;

/// <summary>
/// The background jobs of a site, as they stand in the bench's redis-queue: rq keeps the queued ones in the lists rq:queue:*, the running ones in the sorted
/// sets rq:wip:* by the time at which they are given up. Frappe begins their ids with the site's name. `bench ready-for-migration` sees only the queued ones,
/// and takes half a second for each look.
/// </summary>
internal sealed class BackgroundJobs(DockerEngine engine, AgentOptions options, TimeProvider time)
{
    private const int RedisPort = 6379;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>Until the site has none; a failure that names how many there are when that takes longer than the settings say.</summary>
    public async Task<StepOutcome> WaitAsync(BenchName bench, SiteName site, StepLog log, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        var said = (Queued: 0, Running: 0);
        while (true)
        {
            var now = await CountAsync(bench, site, cancel);
            if (now is (0, 0))
            {
                var waited = time.GetElapsedTime(started);
                return said is (0, 0)
                    ? StepOutcome.Done("none")
                    : StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"ended after {waited.TotalSeconds:0.0} s"));
            }

            if (now != said)
                log.Line(string.Create(CultureInfo.InvariantCulture, $"{now.Queued} queued, {now.Running} running"));

            said = now;
            if (time.GetElapsedTime(started) > TimeSpan.FromSeconds(options.BackgroundJobsSeconds))
            {
                throw new JobFailedException(
                    JobErrorCodes.BackgroundJobsRunning,
                    string.Create(CultureInfo.InvariantCulture, $"Background jobs of {site} did not end within {options.BackgroundJobsSeconds} seconds: {now.Queued} queued, {now.Running} running."),
                    "Nothing was changed. Look whether the bench's workers run and what they are at, then try again.");
            }

            await Task.Delay(Look, time, cancel);
        }
    }

    private async Task<(int Queued, int Running)> CountAsync(BenchName bench, SiteName site, CancellationToken cancel)
    {
        var container = await engine.FindContainerAsync(BenchContainers.NameOf(bench, BenchService.RedisQueue), cancel);
        var address = container?.NetworkSettings?.Networks?.GetValueOrDefault(BenchContainers.NetworkOf(bench))?.IPAddress;
        if (string.IsNullOrEmpty(address))
            throw new JobFailedException(JobErrorCodes.ServiceStopped, $"redis-queue of bench {bench} does not run.", "Restart the bench, then try again.");

        try
        {
            await using var redis = await RedisClient.ConnectAsync(address, RedisPort, cancel);
            var queued = 0;
            var running = 0;
            foreach (var queue in await redis.ListAsync(cancel, "KEYS", "rq:queue:*"))
                queued += Count(await redis.ListAsync(cancel, "LRANGE", queue, "0", "-1"), site);

            var now = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            foreach (var registry in await redis.ListAsync(cancel, "KEYS", "rq:wip:*"))
                running += Count(await redis.ListAsync(cancel, "ZRANGEBYSCORE", registry, now, "+inf"), site);

            return (queued, running);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            throw new JobFailedException(JobErrorCodes.NotReady, $"redis-queue of bench {bench} does not answer.", "Restart the bench, then try again.", exception.Message);
        }
    }

    /// <summary>"site::id" in version 15, "site||id" in 16.</summary>
    private static int Count(IReadOnlyList<string> ids, SiteName site) =>
        ids.Count(id => id.StartsWith($"{site}::", StringComparison.Ordinal) || id.StartsWith($"{site}||", StringComparison.Ordinal));
}
