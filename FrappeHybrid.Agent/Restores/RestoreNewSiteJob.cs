using System.Text.Json;
using FrappeHybrid.Agent.Backups;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Restores;

namespace FrappeHybrid.Agent.Restores;

/// <summary>"New Site from Backup": of the configuration in the backup only the encryption key comes along, because a file from outside may hold anything.</summary>
internal sealed class RestoreNewSiteJob(BenchCatalog catalog, NewSiteMaker maker, FrappeVersion frappe, BackupStore store) : IJobWork
{
    public JobType Type => RestoreJobTypes.RestoreNewSite;

    public IReadOnlyList<JobLock> Locks(string request)
    {
        var site = Read(request);
        return [.. new[] { site.Site, site.Backup.Site }.Distinct().Select(JobLock.ForSite), JobLock.ForBench(site.Bench, alone: false)];
    }

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        BenchRecord bench = null!;
        BackupSource source = null!;
        await job.StepAsync(RestoreSteps.Check, async log =>
        {
            bench = await maker.RequireFreeAsync(request.Bench, request.Site, cancel);
            source = await BackupSource.OpenAsync(store, frappe, job, log, request.Backup, catalog.Folder(request.Bench), cancel);
            return StepOutcome.Done($"{source.Name} is whole, {request.Site} is free");
        });
        var result = await maker.MakeAsync(job, bench, request.Site, request.Quiet, () => source, _ => { }, cancel);
        return JsonSerializer.SerializeToElement(result, RestoreJson.Default.RestoreResult);
    }

    public Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        return maker.UndoAsync(job, request.Bench, request.Site, cancel);
    }

    private static StoredNewSite Read(string request) => JsonSerializer.Deserialize(request, StoredRestoreJson.Default.StoredNewSite)!;
}
