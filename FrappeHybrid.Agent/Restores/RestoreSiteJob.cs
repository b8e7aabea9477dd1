using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Backups;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Restores;

namespace FrappeHybrid.Agent.Restores;

/// <summary>
/// "Restore": a backup in place of what a site is. `bench restore` drops the old database before it knows whether the dump is whole, and waits for ever when
/// somebody holds a table; here it works on a new database beside the old one, which goes only when the site answers with the new one.
/// </summary>
internal sealed class RestoreSiteJob(
    BenchCatalog catalog, RunningBench benches, FrappeVersion frappe, BackupStore store, SiteReplacer replacer, SiteStages stages, SiteDatabases databases, SiteProbe probe)
    : IJobWork
{
    public JobType Type => RestoreJobTypes.RestoreSite;

    public IReadOnlyList<JobLock> Locks(string request)
    {
        // The other site's lock too: its backups must not move or go meanwhile.
        var restore = Read(request);
        return [.. new[] { restore.Site, restore.Backup.Site }.Distinct().Select(JobLock.ForSite), JobLock.ForBench(restore.Bench, alone: false)];
    }

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        SiteOnServer site = null!;
        BackupSource source = null!;
        BackupRecord? safety = null;
        SiteStage stage = null!;
        IReadOnlyList<AppName> apps = [];
        var schedulerOn = true;

        await job.StepAsync(RestoreSteps.Check, async log =>
        {
            await benches.RequireAsync(request.Bench, cancel);
            site = SiteOnServer.Require(catalog, request.Bench, request.Site);
            source = await BackupSource.OpenAsync(store, frappe, job, log, request.Backup, site.Folder, cancel);
            schedulerOn = await databases.IsSchedulerOnAsync(site.Database, cancel) ?? true;
            return StepOutcome.Done($"{source.Name} is whole");
        });
        await job.StepAsync(RestoreSteps.Maintenance, _ => replacer.CloseAsync(job, site, cancel));
        await job.StepAsync(RestoreSteps.SafetyBackup, async log =>
        {
            (safety, var outcome) = await replacer.BackUpAsync(job, log, site, request.SafetyBackup, source.Files.Count > 0, cancel);
            return outcome;
        });
        await job.StepAsync(RestoreSteps.Load, async log =>
        {
            stage = SiteReplacer.NewStage(job, site.Folder);
            var own = SiteConfigFile.Read(site.ConfigFile);
            await stages.CreateAsync(
                job, stage, keys =>
                {
                    foreach (var key in (string[])["db_host", "db_port"])
                    {
                        if (own[key] is { } value)
                            keys[key] = value.DeepClone();
                    }
                },
                cancel);
            apps = await stages.LoadAsync(job, log, stage, site.Bench, source.Dump, cancel);
            return StepOutcome.Done($"database {stage.Database}");
        });
        await job.StepAsync(RestoreSteps.Unpack, async _ => await source.UnpackAsync(stage, cancel) is { } files
            ? StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"{files} files"))
            : StepOutcome.Nothing("the backup has none: the site keeps its files"));
        await job.StepAsync(RestoreSteps.Switch, async _ =>
        {
            await replacer.SwitchAsync(
                job, site, stage, keys =>
                {
                    if (source.EncryptionKey is { } key)
                        keys["encryption_key"] = key;
                },
                cancel);
            return StepOutcome.Done("the old database and files are kept until the site answers");
        });
        await job.StepAsync(RestoreSteps.Migrate, log => stages.MigrateAsync(job, log, site.Folder, site.Name, schedulerOn, cancel));
        var isOpen = true;
        await job.StepAsync(RestoreSteps.Open, _ =>
        {
            isOpen = MaintenanceMode.PutBack(job, site.ConfigFile);
            return Task.FromResult(isOpen ? StepOutcome.Done("visitors see the site again") : StepOutcome.Nothing("it was on before and stays on"));
        });
        await job.StepAsync(
            RestoreSteps.WaitUntilReady, async log => isOpen ? await probe.WaitAsync(site.Name, log, cancel) : StepOutcome.Nothing("in maintenance it answers nobody"));
        SiteReplacer.PassReturn(job, new RestoreResult(stage.Database.Value, apps, safety));
        JsonElement result = default;
        await job.StepAsync(RestoreSteps.Tidy, async _ =>
        {
            result = await replacer.FinishAsync(job, request.Bench, cancel);
            return StepOutcome.Done($"database {site.Database} is gone");
        });
        return result;
    }

    public Task<JsonElement> FinishAsync(JobContext job, CancellationToken cancel) => replacer.FinishAsync(job, Read(job.Request).Bench, cancel);

    public Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        return replacer.UndoAsync(job, request.Bench, request.Site, cancel);
    }

    private static StoredRestore Read(string request) => JsonSerializer.Deserialize(request, StoredRestoreJson.Default.StoredRestore)!;
}
