using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Benches;

/// <summary>"Restart Bench": all of its services or some of them, those together that do not need each other.</summary>
internal sealed class RestartBenchJob(DockerEngine engine, BenchCatalog catalog, BenchReady ready, TimeProvider time) : IJobWork
{
    private const string ServicesClaim = "services";

    /// <summary>
    /// Redis first, because the others lose it; then what no visitor waits for; then the backend, whose stop and start are the time without answers; the
    /// frontend last, because its nginx looks up the others once, at its own start.
    /// </summary>
    private static readonly IReadOnlyList<IReadOnlyList<BenchService>> Groups =
    [
        [BenchService.RedisCache, BenchService.RedisQueue],
        [BenchService.Websocket, BenchService.QueueShort, BenchService.QueueLong, BenchService.Scheduler],
        [BenchService.Backend],
        [BenchService.Frontend],
    ];

    public JobType Type => BenchJobTypes.Restart;

    public IReadOnlyList<JobLock> Locks(string request) => [JobLock.ForBench(Read(request).Bench, alone: true)];

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        var asked = request.Services.Count == 0 ? BenchServices.All : request.Services;
        BenchOnServer? bench = null;
        var frontend = "";
        var done = new List<BenchService>();
        long started = 0;

        await job.StepAsync(RestartBenchSteps.Check, async _ =>
        {
            bench = BenchOnServer.Require(catalog, request.Bench);
            foreach (var service in asked)
                await bench.RequireAsync(engine, service, cancel);

            frontend = await AddressesAsync(bench, cancel);
            return StepOutcome.Done(asked.Count == BenchServices.All.Count ? "all services" : string.Join(", ", asked.Select(service => service.Name())));
        });

        job.Claim(new JobClaim(ServicesClaim, string.Join(',', asked.Select(service => service.Name()))));
        await job.StepAsync(RestartBenchSteps.Restart, async log =>
        {
            started = time.GetTimestamp();
            foreach (var group in Groups.Select(group => group.Where(asked.Contains).ToList()).Where(group => group.Count > 0))
            {
                await Task.WhenAll(group.Select(service => RestartAsync(bench!, service, log, cancel)));
                done.AddRange(group);
            }

            // Its nginx would go on sending visitors to where backend and websocket were.
            if (!done.Contains(BenchService.Frontend) && await AddressesAsync(bench!, cancel) != frontend)
            {
                log.Line("backend or websocket have another address now");
                await RestartAsync(bench!, BenchService.Frontend, log, cancel);
                done.Add(BenchService.Frontend);
            }

            return StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"{done.Count} in {time.GetElapsedTime(started).TotalSeconds:0.0} s"));
        });

        // socketio.js ends itself when redis-queue goes away; the engine starts it again, and only then is the bench well.
        List<BenchService> awaited = done.Contains(BenchService.RedisQueue) && !done.Contains(BenchService.Websocket) ? [.. done, BenchService.Websocket] : done;
        await job.StepAsync(RestartBenchSteps.WaitUntilReady, log => ready.WaitAsync(bench!.Folder, bench.Record, awaited, log, cancel));
        return JsonSerializer.SerializeToElement(
            new RestartBenchResult(done, Math.Round(time.GetElapsedTime(started).TotalSeconds, 1)), BenchWorkJson.Default.RestartBenchResult);
    }

    /// <summary>A container must not stay stopped because the job that would have started it again was ended in between.</summary>
    public async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        var bench = Read(job.Request).Bench;
        foreach (var claim in job.Claims.Where(claim => claim.Kind == ServicesClaim))
        {
            var services = claim.Value.Split(',');
            using var log = job.OpenCompensationLog();
            foreach (var service in BenchContainers.StartOrder.Where(service => services.Contains(service.Name(), StringComparer.Ordinal)))
            {
                if (await engine.FindContainerAsync(BenchContainers.NameOf(bench, service), cancel) is not { State.Running: false } stopped)
                    continue;

                log.Line($"Starting {service.Name()}");
                await engine.StartAsync(stopped.Id, cancel);
            }
        }
    }

    private async Task RestartAsync(BenchOnServer bench, BenchService service, StepLog log, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        log.Line($"Restarting {service.Name()}");
        try
        {
            // Not left in its middle: the engine goes on with it in any case, and a cancelled job must not meet a container that is still being stopped.
            await engine.RestartAsync(BenchContainers.NameOf(bench.Folder.Bench, service), BenchContainers.FarewellSeconds(service), CancellationToken.None);
            cancel.ThrowIfCancellationRequested();
        }
        catch (DockerException exception) when (exception.Fault != DockerFault.Unavailable)
        {
            throw new JobFailedException(JobErrorCodes.ServiceStopped, $"{service.Name()} could not be started again.", "The engine's own words are below.", exception.Message);
        }

        log.Line(string.Create(CultureInfo.InvariantCulture, $"{service.Name()} was restarted in {time.GetElapsedTime(started).TotalSeconds:0.0} s"));
    }

    /// <summary>What a frontend knows of the others since its own start.</summary>
    private async Task<string> AddressesAsync(BenchOnServer bench, CancellationToken cancel)
    {
        var addresses = new List<string>();
        foreach (var service in (BenchService[])[BenchService.Backend, BenchService.Websocket])
        {
            var container = await engine.FindContainerAsync(BenchContainers.NameOf(bench.Folder.Bench, service), cancel);
            addresses.Add(container is null ? "" : BenchContainers.AddressOf(bench.Folder.Bench, container));
        }

        return string.Join(' ', addresses);
    }

    private static StoredRestart Read(string request) => JsonSerializer.Deserialize(request, StoredBenchJson.Default.StoredRestart)!;
}
