using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Nginx;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Benches;

/// <summary>"Archive Bench": a bench without sites goes off the server; its folder (configuration, logs, backups) is kept in the archive.</summary>
internal sealed class ArchiveBenchJob(DockerEngine engine, BenchCatalog catalog, NginxSites nginx, AgentPaths paths, AgentOptions options, TimeProvider time) : IJobWork
{
    private const string ArchiveClaim = "archive";

    public JobType Type => BenchJobTypes.Archive;

    public IReadOnlyList<JobLock> Locks(string request) => [JobLock.Server, JobLock.ForBench(Read(request).Bench, alone: true)];

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var name = Read(job.Request).Bench;
        BenchOnServer? bench = null;

        await job.StepAsync(ArchiveBenchSteps.Check, _ =>
        {
            bench = BenchOnServer.Require(catalog, name);
            if (bench.Folder.ReadSites() is { Count: > 0 } sites)
            {
                throw new JobFailedException(
                    JobErrorCodes.BenchHasSites,
                    $"Bench {name} still has {(sites.Count == 1 ? "the site" : $"{sites.Count} sites:")} {string.Join(", ", sites)}.",
                    "Move them to another bench, or drop them first.");
            }

            return Task.FromResult(StepOutcome.Done("no site in it"));
        });

        // From here on it is being taken apart; the other way round, it is put together again.
        job.Claim(new JobClaim(ArchiveClaim, name.Value));
        await job.StepAsync(ArchiveBenchSteps.RemoveFromNginx, async _ =>
        {
            var files = Directory.Exists(bench!.Folder.Nginx) ? Directory.GetFiles(bench.Folder.Nginx, "*.conf") : [];
            foreach (var file in files)
                await nginx.RemoveAsync(file, cancel);

            return files.Length > 0 ? StepOutcome.Done(string.Join(", ", files.Select(Path.GetFileName))) : StepOutcome.Nothing("nothing of it there");
        });
        await job.StepAsync(ArchiveBenchSteps.RemoveContainers, async log =>
        {
            var containers = new BenchContainers(engine, options, bench!.Folder);
            await containers.StopAllAsync(log.Line, cancel);
            await containers.RemoveAllAsync(log.Line, time, cancel);
            return StepOutcome.Done("containers and network are gone");
        });
        // Nothing runs any more: from here on only one rename is missing, and that is done to its end.
        job.PassReturn();
        ArchiveBenchResult? result = null;
        await job.StepAsync(ArchiveBenchSteps.MoveFolder, _ =>
        {
            result = Move(name, job.Id);
            return Task.FromResult(StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"{result.Folder}, {result.Bytes >> 10} kB; port {bench!.Record.FrontendPort} is free")));
        });
        return JsonSerializer.SerializeToElement(result!, BenchWorkJson.Default.ArchiveBenchResult);
    }

    public Task<JsonElement> FinishAsync(JobContext job, CancellationToken cancel) =>
        Task.FromResult(JsonSerializer.SerializeToElement(Move(Read(job.Request).Bench, job.Id), BenchWorkJson.Default.ArchiveBenchResult));

    /// <summary>The bench runs again as it did.</summary>
    public async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        foreach (var claim in job.Claims.Where(claim => claim.Kind == ArchiveClaim))
        {
            var folder = catalog.Folder(BenchName.Parse(claim.Value));
            using var log = job.OpenCompensationLog();
            if (folder.Read() is not { } record)
                continue;

            // The engine may still be at the stop that it was asked for: waited for, so that nothing stops again what is started here.
            var containers = new BenchContainers(engine, options, folder);
            await containers.StopAllAsync(log.Line, cancel);
            await containers.EnsureAllAsync(record, log.Line, cancel);
        }
    }

    private ArchiveBenchResult Move(BenchName bench, Guid job)
    {
        // A bench of this name may be made and archived again; the job's id tells them apart.
        var archive = Path.Combine(paths.ArchivedBenches, $"{bench}-{job}");
        var folder = catalog.Folder(bench);
        if (!Directory.Exists(archive))
        {
            Directory.CreateDirectory(paths.ArchivedBenches);
            Directory.Move(folder.Path, archive);
            DurableFile.FlushFolder(paths.BenchesFolder);
            DurableFile.FlushFolder(paths.ArchivedBenches);
        }

        return new ArchiveBenchResult(archive, new DirectoryInfo(archive).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.LinkTarget is null ? file.Length : 0));
    }

    private static StoredBench Read(string request) => JsonSerializer.Deserialize(request, StoredBenchJson.Default.StoredBench)!;
}
