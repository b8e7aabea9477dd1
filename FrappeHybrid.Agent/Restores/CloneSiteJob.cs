using System.Text.Json;
using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Backups;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Restores;

namespace FrappeHybrid.Agent.Restores;

/// <summary>"Clone": a backup of a site, which goes on serving, becomes another site; the backup itself is taken away again.</summary>
internal sealed class CloneSiteJob(BenchCatalog catalog, NewSiteMaker maker, FrappeVersion frappe, SiteBackups backups, BackupStore store) : IJobWork
{
    /// <summary>Keys of a site's configuration that are about where it is, not about what it is.</summary>
    private static readonly string[] Own =
        ["db_name", "db_password", "db_type", "db_user", "db_socket", "host_name", "domains", "maintenance_mode", "pause_scheduler", "backup_path", "rq_username", "rq_password"];

    public JobType Type => RestoreJobTypes.CloneSite;

    public IReadOnlyList<JobLock> Locks(string request)
    {
        var clone = Read(request);
        return
        [
            JobLock.ForSite(clone.Site), JobLock.ForSite(clone.Name), .. new[] { clone.Bench, clone.ToBench }.Distinct().Select(bench => JobLock.ForBench(bench, alone: false)),
        ];
    }

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        BenchRecord bench = null!;
        SiteOnServer original = null!;
        JsonObject config = [];
        BackupSource source = null!;
        await job.StepAsync(RestoreSteps.CheckSite, async _ =>
        {
            bench = await maker.RequireFreeAsync(request.ToBench, request.Name, cancel);
            original = SiteOnServer.Require(catalog, request.Bench, request.Site);
            SiteStages.PasswordOf(job, original.ConfigFile);
            config = SiteConfigFile.Read(original.ConfigFile);
            var (from, to) = (await frappe.ReadAsync(original.Backend, cancel), await frappe.ReadAsync(BenchProgram.ContainerOf(catalog.Folder(request.ToBench)), cancel));
            return VersionOrder.IsNewer(from, to)
                ? throw new JobFailedException(
                    JobErrorCodes.BackupNewer, $"{request.Site} is on Frappe {from}, and bench {request.ToBench} runs {to}: an older version cannot work with newer data.",
                    "Clone it into a bench of the same or a newer release.")
                : StepOutcome.Done($"{request.Name} is free, Frappe {from} to {to}");
        });
        await job.StepAsync(RestoreSteps.Copy, async log =>
        {
            var record = await backups.TakeAsync(job, log, original, withFiles: true, BackupKind.Manual, cancel);
            source = await BackupSource.OpenAsync(
                store, frappe, job, log, new BackupPlace(request.Bench, request.Site, record.Id), catalog.Folder(request.ToBench), cancel);
            return StepOutcome.Done($"{record.Files.Sum(file => file.Bytes) >> 10} KB; {request.Site} went on serving");
        });
        var result = await maker.MakeAsync(job, bench, request.Name, request.Quiet, () => source, Configure, cancel);
        RemoveCopy(job, request);
        return JsonSerializer.SerializeToElement(result, RestoreJson.Default.RestoreResult);

        void Configure(JsonObject keys)
        {
            foreach (var (key, value) in config.Where(each => !Own.Contains(each.Key)))
                keys[key] = value?.DeepClone();
        }
    }

    public async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        await maker.UndoAsync(job, request.ToBench, request.Name, cancel);
        RemoveCopy(job, request);
    }

    /// <summary>The backup on the way: of no use to anybody once the clone is there, or will not be.</summary>
    private void RemoveCopy(JobContext job, StoredClone request)
    {
        foreach (var backup in backups.List(request.Bench, request.Site).Where(backup => backup.JobId == job.Id))
            BackupStore.Remove(store.FolderOf(request.Bench, request.Site, backup.Id));
    }

    private static StoredClone Read(string request) => JsonSerializer.Deserialize(request, StoredRestoreJson.Default.StoredClone)!;
}
