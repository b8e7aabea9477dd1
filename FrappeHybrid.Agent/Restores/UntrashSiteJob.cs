using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Backups;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Restores;

namespace FrappeHybrid.Agent.Restores;

/// <summary>"Bring Back": the folder comes out of the archive as it was, the database out of its final backup. Until the site answers the archive stays whole.</summary>
internal sealed class UntrashSiteJob(
    BenchCatalog catalog, NewSiteMaker maker, FrappeVersion frappe, SiteBackups backups, SiteArchives archives, SiteStages stages, SiteEntries entries, SiteProbe probe) : IJobWork
{
    private const string StageClaim = "stage";
    private const string MovedClaim = "moved";
    private const string ResultClaim = "result";

    /// <summary>Where a site's folder keeps what it was before it was brought back, so that a failure puts the archive back byte for byte.</summary>
    private const string ArchivedConfig = "site_config.archived.json";

    public JobType Type => RestoreJobTypes.UntrashSite;

    public IReadOnlyList<JobLock> Locks(string request)
    {
        var site = Read(request);
        return [.. new[] { site.Site, site.ArchivedName }.Distinct().Select(JobLock.ForSite), JobLock.ForBench(site.Bench, alone: false)];
    }

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        var folder = catalog.Folder(request.Bench);
        BenchRecord bench = null!;
        ArchiveRecord record = null!;
        BackupSource source = null!;
        SiteStage stage = null!;
        IReadOnlyList<AppName> apps = [];
        await job.StepAsync(RestoreSteps.CheckArchive, async log =>
        {
            bench = await maker.RequireFreeAsync(request.Bench, request.Site, cancel);
            record = archives.Find(request.ArchivedName, request.Archive)
                ?? throw new JobFailedException(JobErrorCodes.ArchiveNotFound, $"What was archived of {request.ArchivedName} is not on the server.", "Somebody has taken it out of /home/frappe/archived.");
            if (record.FinalBackup is not { } final || !File.Exists(Path.Combine(archives.SiteIn(request.ArchivedName, request.Archive), "site_config.json")))
                throw new JobFailedException(JobErrorCodes.ArchiveNotFound, $"{request.ArchivedName} was dropped without a backup of its database.", "Its files are in the archive; the site itself cannot come back.");

            var dumps = Path.Combine(archives.BackupsIn(request.ArchivedName, request.Archive), final.Id.ToString());
            source = await BackupSource.OpenAsync(final, dumps, frappe, job, log, folder, cancel);
            return StepOutcome.Done($"{source.Name} is whole, {request.Site} is free");
        });
        await job.StepAsync(RestoreSteps.Load, async log =>
        {
            stage = SiteReplacer.NewStage(job, folder);
            await stages.CreateAsync(job, stage, _ => { }, cancel);
            apps = await stages.LoadAsync(job, log, stage, bench, source.Dump, cancel);
            return StepOutcome.Done($"database {stage.Database}");
        });
        await job.StepAsync(RestoreSteps.MoveBack, log =>
        {
            job.Claim(new JobClaim(MovedClaim, ""));
            MoveBack(request, record, stage, log);
            return Task.FromResult(StepOutcome.Done(folder.SiteFolder(request.Site)));
        });
        await job.StepAsync(RestoreSteps.Migrate, log => stages.MigrateAsync(job, log, folder, request.Site, record.SchedulerOn, cancel));
        await job.StepAsync(RestoreSteps.AddToNginx, async _ =>
        {
            await entries.PutAsync(folder, bench, request.Site, cancel);
            return StepOutcome.Done($"{request.Site} -> 127.0.0.1:{bench.FrontendPort.ToString(CultureInfo.InvariantCulture)}");
        });
        var isOpen = !SiteConfigFile.IsOn(record.Maintenance["maintenance_mode"]);
        await job.StepAsync(
            RestoreSteps.WaitUntilReady, async log => isOpen ? await probe.WaitAsync(request.Site, log, cancel) : StepOutcome.Nothing("it was in maintenance and stays so"));
        job.Claim(new JobClaim(ResultClaim, JsonSerializer.Serialize(new RestoreResult(stage.Database.Value, apps, SafetyBackup: null), RestoreJson.Default.RestoreResult)));
        job.PassReturn();
        JsonElement result = default;
        await job.StepAsync(RestoreSteps.Tidy, async _ =>
        {
            result = await FinishAsync(job, cancel);
            return StepOutcome.Done("its backups are back too; the archive is gone");
        });
        return result;
    }

    public Task<JsonElement> FinishAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        var folder = catalog.Folder(request.Bench);
        File.Delete(Path.Combine(folder.SiteFolder(request.Site), ArchivedConfig));
        SiteArchives.Move(archives.BackupsIn(request.ArchivedName, request.Archive), backups.FolderOf(request.Bench, request.Site));
        archives.Delete(request.ArchivedName, request.Archive);
        SiteStages.RemoveFolders(StageOf(job, folder)!);
        using var result = JsonDocument.Parse(job.Claims.Single(claim => claim.Kind == ResultClaim).Value);
        return Task.FromResult(result.RootElement.Clone());
    }

    public async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        var folder = catalog.Folder(request.Bench);
        if (StageOf(job, folder) is not { } stage)
            return;

        using var log = job.OpenCompensationLog();
        log.Line($"Putting {request.ArchivedName} back into the archive");
        if (job.Claims.Any(claim => claim.Kind == MovedClaim))
        {
            await entries.RemoveAsync(folder, request.Site, cancel);
            SiteArchives.Move(folder.SiteFolder(request.Site), archives.SiteIn(request.ArchivedName, request.Archive));
            var archived = archives.SiteIn(request.ArchivedName, request.Archive);
            if (File.Exists(Path.Combine(archived, ArchivedConfig)))
                File.Move(Path.Combine(archived, ArchivedConfig), Path.Combine(archived, "site_config.json"), overwrite: true);
        }

        await stages.RemoveAsync(stage, cancel);
    }

    /// <summary>The folder with the new database's name in it, and without domains that somebody else has taken meanwhile.</summary>
    private void MoveBack(StoredUntrash request, ArchiveRecord record, SiteStage stage, StepLog log)
    {
        var archived = archives.SiteIn(request.ArchivedName, request.Archive);
        var staged = SiteConfigFile.Read(stage.ConfigFile);
        File.Copy(Path.Combine(archived, "site_config.json"), Path.Combine(archived, ArchivedConfig), overwrite: true);
        SiteConfigFile.Change(Path.Combine(archived, "site_config.json"), keys =>
        {
            keys["db_name"] = staged["db_name"]!.DeepClone();
            keys["db_password"] = staged["db_password"]!.DeepClone();
            keys.Remove("db_user");
            MaintenanceMode.PutBack(keys, record.Maintenance);
        });

        var domains = SiteDomains.Read(archived);
        var free = domains.Domains.Where(domain => !SiteName.TryParse(domain.Value, out var name) || catalog.OwnerOf(name) is null).ToList();
        foreach (var taken in domains.Domains.Except(free))
            log.Line($"{taken} belongs to another site now: it does not come back with this one");

        if (free.Count < domains.Domains.Count)
            (domains with { Domains = free }).Write(archived);

        SiteArchives.Move(archived, stage.Folder.SiteFolder(request.Site));
        Directory.Delete(stage.Path, recursive: true);
    }

    private static SiteStage? StageOf(JobContext job, BenchFolder folder) =>
        job.Claims.FirstOrDefault(claim => claim.Kind == StageClaim) is { } claim ? SiteStage.Parse(folder, claim.Value) : null;

    private static StoredUntrash Read(string request) => JsonSerializer.Deserialize(request, StoredRestoreJson.Default.StoredUntrash)!;
}
