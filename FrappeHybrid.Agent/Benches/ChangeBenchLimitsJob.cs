using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Metrics;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Benches;

/// <summary>"Change Bench Limits": the running containers get other ceilings, without a restart; the record keeps them for containers made anew.</summary>
internal sealed class ChangeBenchLimitsJob(DockerEngine engine, BenchCatalog catalog, BenchReady ready, ServerFacts facts) : IJobWork
{
    /// <summary>Its value is the limits of before: what compensation puts back.</summary>
    private const string LimitsClaim = "limits";

    public JobType Type => BenchJobTypes.ChangeLimits;

    public IReadOnlyList<JobLock> Locks(string request) => [JobLock.ForBench(Read(request).Bench, alone: true)];

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        BenchOnServer? bench = null;
        var running = new List<BenchService>();

        await job.StepAsync(ChangeBenchLimitsSteps.Check, async log =>
        {
            bench = BenchOnServer.Require(catalog, request.Bench);
            running.AddRange(await CheckAsync(bench, request.Limits, log, cancel));
            return StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"{running.Count} services run and fit"));
        });

        job.Claim(new JobClaim(LimitsClaim, JsonSerializer.Serialize(bench!.Record.Limits, BenchWorkJson.Default.BenchLimits)));
        await job.StepAsync(ChangeBenchLimitsSteps.Apply, async log =>
        {
            await ApplyAsync(bench, request.Limits, log.Line, cancel);
            return StepOutcome.Done("in force, nothing was restarted");
        });
        await job.StepAsync(ChangeBenchLimitsSteps.Keep, _ => Task.FromResult(Keep(bench, request.Limits)));
        await job.StepAsync(ChangeBenchLimitsSteps.WaitUntilReady, log => ready.WaitAsync(bench.Folder, bench.Record, running, log, cancel));
        return JsonSerializer.SerializeToElement(request.Limits, BenchWorkJson.Default.BenchLimits);
    }

    public async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        foreach (var claim in job.Claims.Where(claim => claim.Kind == LimitsClaim))
        {
            var before = JsonSerializer.Deserialize(claim.Value, BenchWorkJson.Default.BenchLimits)!;
            using var log = job.OpenCompensationLog();
            log.Line("Putting the limits of before back");
            var bench = BenchOnServer.Require(catalog, Read(job.Request).Bench);
            Keep(bench, before);
            await ApplyAsync(bench, before, log.Line, cancel);
        }
    }

    /// <summary>The services that run. A limit below what one uses now would not slow it but kill it.</summary>
    private async Task<IReadOnlyList<BenchService>> CheckAsync(BenchOnServer bench, BenchLimits limits, StepLog log, CancellationToken cancel)
    {
        var processors = facts.Read().Processors;
        if (BenchServices.All.Select(limits.ProcessorsOf).Max() > processors)
        {
            throw new JobFailedException(
                JobErrorCodes.LimitUnfit, string.Create(CultureInfo.InvariantCulture, $"The server has {processors} processors."), "Give no more than it has, or none for all of them.");
        }

        var running = new List<BenchService>();
        foreach (var service in BenchServices.All)
        {
            var container = await bench.RequireAsync(engine, service, cancel);
            if (container.State.Status is not ("running" or "restarting"))
                continue;

            running.Add(service);
            var used = await engine.MemoryOfAsync(container.Id, cancel) >> 20;
            log.Line(string.Create(CultureInfo.InvariantCulture, $"{service.Name()} uses {used} MB, gets {limits.MegabytesOf(service)} MB"));
            if (used >= limits.MegabytesOf(service))
            {
                throw new JobFailedException(
                    JobErrorCodes.LimitUnfit,
                    string.Create(CultureInfo.InvariantCulture, $"{service.Name()} uses {used} MB now: a limit of {limits.MegabytesOf(service)} MB would kill it."),
                    "Choose a higher limit, or give it fewer workers first.");
            }
        }

        return running;
    }

    private async Task ApplyAsync(BenchOnServer bench, BenchLimits limits, Action<string> tell, CancellationToken cancel)
    {
        var all = facts.Read().Processors;
        foreach (var service in BenchServices.All)
        {
            if (await engine.FindContainerAsync(BenchContainers.NameOf(bench.Folder.Bench, service), cancel) is not { } container)
                continue;

            // The engine cannot take a limit of processors away from a container, only set one: all of them are none.
            var isLimited = container.HostConfig is { NanoCpus: > 0 };
            var processors = limits.ProcessorsOf(service) ?? (isLimited ? all : 0);
            await engine.UpdateAsync(container.Id, (long)limits.MegabytesOf(service) << 20, (long)(processors * 1_000_000_000), cancel);
            tell(string.Create(CultureInfo.InvariantCulture, $"{service.Name()}: {limits.MegabytesOf(service)} MB{(limits.ProcessorsOf(service) is { } some ? $", {some} processors" : "")}"));
            if (service == BenchService.RedisCache && container.State.Running)
            {
                await RedisWire.AskAsync(
                    BenchContainers.AddressOf(bench.Folder.Bench, container), cancel, "CONFIG", "SET", "maxmemory", RedisConfig.CacheCeiling(limits));
            }
        }
    }

    private static StepOutcome Keep(BenchOnServer bench, BenchLimits limits)
    {
        RedisConfig.Write(bench.Folder, limits);
        bench.Folder.Write(bench.Record with { Limits = limits });
        return StepOutcome.Done("containers made anew have them too");
    }

    private static StoredLimits Read(string request) => JsonSerializer.Deserialize(request, StoredBenchJson.Default.StoredLimits)!;
}
