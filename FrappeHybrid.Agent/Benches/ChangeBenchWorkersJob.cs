using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Benches;

/// <summary>"Change Bench Workers": the containers whose number of processes changes are made anew.</summary>
internal sealed class ChangeBenchWorkersJob(BenchCatalog catalog, BenchRecreation recreation, BenchReady ready) : IJobWork
{
    /// <summary>Its value is the counts of before: what compensation puts back.</summary>
    private const string WorkersClaim = "workers";

    /// <summary>What a gunicorn process was seen to need at least; fewer do not even start.</summary>
    private const int MegabytesPerProcess = 60;

    public JobType Type => BenchJobTypes.ChangeWorkers;

    public IReadOnlyList<JobLock> Locks(string request) => [JobLock.ForBench(Read(request).Bench, alone: true)];

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        BenchOnServer? bench = null;
        List<BenchService> services = [];

        await job.StepAsync(RecreateBenchSteps.Check, _ =>
        {
            bench = BenchOnServer.Require(catalog, request.Bench);
            Check(request.Workers, bench.Record.Limits);
            services = Changed(bench.Record.Counts, request.Workers);
            return Task.FromResult(services.Count > 0
                ? StepOutcome.Done($"changes {string.Join(", ", services.Select(service => service.Name()))}")
                : StepOutcome.Nothing("it has these counts already"));
        });

        var before = bench!.Record;
        var after = before with { Workers = request.Workers };
        job.Claim(new JobClaim(WorkersClaim, JsonSerializer.Serialize(before.Counts, BenchWorkJson.Default.BenchWorkers)));
        await job.StepAsync(RecreateBenchSteps.Recreate, async log =>
        {
            bench.Folder.Write(after);
            await recreation.ReplaceAsync(bench.Folder, after, services, log.Line, cancel);
            return services.Count > 0 ? StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"{services.Count} containers")) : StepOutcome.Nothing("nothing to change");
        });
        await job.StepAsync(RecreateBenchSteps.WaitUntilReady, log => ready.WaitAsync(bench.Folder, after, BenchServices.All, log, cancel));
        return JsonSerializer.SerializeToElement(request.Workers, BenchWorkJson.Default.BenchWorkers);
    }

    public async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        foreach (var claim in job.Claims.Where(claim => claim.Kind == WorkersClaim))
        {
            var before = JsonSerializer.Deserialize(claim.Value, BenchWorkJson.Default.BenchWorkers)!;
            using var log = job.OpenCompensationLog();
            log.Line("Putting the counts of before back");
            var bench = BenchOnServer.Require(catalog, request.Bench);
            var record = bench.Record with { Workers = before };
            bench.Folder.Write(record);
            await recreation.ReplaceAsync(bench.Folder, record, Changed(before, request.Workers), log.Line, cancel);
        }
    }

    private static List<BenchService> Changed(BenchWorkers before, BenchWorkers after)
    {
        var services = new List<BenchService>();
        if ((before.GunicornWorkers, before.GunicornThreads) != (after.GunicornWorkers, after.GunicornThreads))
            services.Add(BenchService.Backend);
        if (before.ShortWorkers != after.ShortWorkers)
            services.Add(BenchService.QueueShort);
        if (before.LongWorkers != after.LongWorkers)
            services.Add(BenchService.QueueLong);

        return services;
    }

    private static void Check(BenchWorkers workers, BenchLimits limits)
    {
        (string Who, int Count, int Megabytes)[] groups =
        [
            ("web processes", workers.GunicornWorkers, limits.BackendMegabytes),
            ("workers of queue-short", workers.ShortWorkers, limits.WorkerMegabytes),
            ("workers of queue-long", workers.LongWorkers, limits.WorkerMegabytes),
        ];
        foreach (var (who, count, megabytes) in groups)
        {
            if (count > 1 && count * MegabytesPerProcess > megabytes)
            {
                throw new JobFailedException(
                    JobErrorCodes.LimitUnfit,
                    string.Create(CultureInfo.InvariantCulture, $"{count} {who} do not fit into {megabytes} MB: each needs {MegabytesPerProcess} MB at least."),
                    "Raise the memory limit first, or take fewer.");
            }
        }
    }

    private static StoredWorkers Read(string request) => JsonSerializer.Deserialize(request, StoredBenchJson.Default.StoredWorkers)!;
}
