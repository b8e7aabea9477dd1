using System.Text.Json;
using System.Text.Json.Serialization;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Backups;

/// <summary>"Backup": the site goes on working meanwhile.</summary>
internal sealed class BackupSiteJob(BenchCatalog catalog, SiteBackups backups, BackupStore store) : IJobWork
{
    private const string BackupClaim = "backup";

    public JobType Type => BackupJobTypes.BackupSite;

    public IReadOnlyList<JobLock> Locks(string request)
    {
        var stored = Read(request);
        return [JobLock.ForBench(stored.Bench, alone: false), JobLock.ForSite(stored.Site)];
    }

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        SiteBackup? backup = null;
        BackupRecord? record = null;
        var id = backups.NewId();
        await job.StepAsync(BackupSteps.Check, async log =>
        {
            backup = await backups.BeginAsync(job, id, SiteOnServer.Require(catalog, request.Bench, request.Site), request.WithFiles, BackupKind.Manual, log, cancel);
            return StepOutcome.Done(request.WithFiles ? "database and files" : "database");
        });
        job.Claim(new JobClaim(BackupClaim, id.ToString()));
        await job.StepAsync(BackupSteps.Copy, async log => StepOutcome.Done(await backup!.CopyAsync(log, cancel)));
        await job.StepAsync(BackupSteps.Verify, async _ => StepOutcome.Done(await backup!.VerifyAsync(cancel)));
        await job.StepAsync(BackupSteps.Keep, _ =>
        {
            record = backup!.Keep();
            return Task.FromResult(StepOutcome.Done(id.ToString()));
        });
        return JsonSerializer.SerializeToElement(record!, BackupJson.Default.BackupRecord);
    }

    public Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        foreach (var claim in job.Claims.Where(claim => claim.Kind == BackupClaim))
            BackupStore.Remove(store.FolderOf(request.Bench, request.Site, Guid.Parse(claim.Value)));

        return Task.CompletedTask;
    }

    private static StoredBackupRequest Read(string request) => JsonSerializer.Deserialize(request, StoredBackupJson.Default.StoredBackupRequest)!;
}

/// <summary>A request for a backup as agent.db keeps it: with its bench and site.</summary>
internal sealed record StoredBackupRequest(BenchName Bench, SiteName Site, bool WithFiles);

/// <summary>A request to keep an upload as agent.db keeps it.</summary>
internal sealed record StoredUploadRequest(BenchName Bench, SiteName Site, Guid Upload);

/// <summary>JSON of stored requests.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(StoredBackupRequest))]
[JsonSerializable(typeof(StoredUploadRequest))]
internal sealed partial class StoredBackupJson : JsonSerializerContext;
