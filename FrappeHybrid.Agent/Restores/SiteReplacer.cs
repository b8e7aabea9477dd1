using System.Text.Json;
using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Backups;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Restores;

namespace FrappeHybrid.Agent.Restores;

/// <summary>
/// What restore and reinstall have in common: the new site is made beside the old one and takes its place when it is whole; the old database and files stay
/// until the site answers, so that until then every failure ends with the site as it was.
/// </summary>
internal sealed class SiteReplacer(SiteStages stages, SiteDatabases databases, SiteBackups backups, BackupStore store, BenchCatalog catalog)
{
    private const string StageClaim = "stage";
    private const string OldDatabaseClaim = "old-database";
    private const string ResultClaim = "result";

    /// <summary>Nobody works on the site from here on: visitors and scheduler are kept away, what is open is ended.</summary>
    public async Task<StepOutcome> CloseAsync(JobContext job, SiteOnServer site, CancellationToken cancel)
    {
        SiteStages.PasswordOf(job, site.ConfigFile);
        MaintenanceMode.TurnOn(job, site.ConfigFile);
        var ended = await databases.EndConnectionsAsync(site.Database, cancel);
        return StepOutcome.Done(ended == 0 ? "nobody was connected" : $"{ended} open connections ended");
    }

    /// <summary>A backup of the site as it is, with files where they will be replaced; null when it was waived.</summary>
    public async Task<(BackupRecord? Record, StepOutcome Outcome)> BackUpAsync(JobContext job, StepLog log, SiteOnServer site, bool wanted, bool withFiles, CancellationToken cancel)
    {
        if (!wanted)
            return (null, StepOutcome.Nothing("waived: what the site is now is gone when the job has succeeded"));

        var record = await backups.TakeAsync(job, log, site, withFiles, BackupKind.Safety, cancel);
        return (record, StepOutcome.Done($"{record.Files.Sum(file => file.Bytes) >> 10} KB, in the site's list of backups"));
    }

    /// <summary>Claims a stage beside the site.</summary>
    public static SiteStage NewStage(JobContext job, BenchFolder folder)
    {
        var stage = SiteStage.Beside(folder);
        job.Claim(new JobClaim(StageClaim, stage.Text));
        return stage;
    }

    /// <summary>The stage's database and files take the site's place.</summary>
    public async Task SwitchAsync(JobContext job, SiteOnServer site, SiteStage stage, Action<JsonObject> change, CancellationToken cancel)
    {
        job.Claim(new JobClaim(OldDatabaseClaim, site.Database.Value));
        new Replacement(stage, site.Path).Do(change);

        // Whoever has read the old configuration a moment ago must not go on in the old database; and the stage is no site of its own any more.
        await databases.EndConnectionsAsync(site.Database, cancel);
        Directory.Delete(stage.Path, recursive: true);
    }

    /// <summary>The site answers: from here on the job is finished, whatever happens.</summary>
    public static void PassReturn(JobContext job, RestoreResult result)
    {
        job.Claim(new JobClaim(ResultClaim, JsonSerializer.Serialize(result, RestoreJson.Default.RestoreResult)));
        job.PassReturn();
    }

    /// <summary>Takes away what was replaced, and gives the job's result.</summary>
    public async Task<JsonElement> FinishAsync(JobContext job, BenchName bench, CancellationToken cancel)
    {
        var claims = job.Claims;
        if (DatabaseName.TryParse(claims.Single(claim => claim.Kind == OldDatabaseClaim).Value, out var old))
            await databases.DropAsync(old, cancel);

        SiteStages.RemoveFolders(SiteStage.Parse(catalog.Folder(bench), claims.Single(claim => claim.Kind == StageClaim).Value));
        using var result = JsonDocument.Parse(claims.Single(claim => claim.Kind == ResultClaim).Value);
        return result.RootElement.Clone();
    }

    /// <summary>The site as it was before the job; the stage goes.</summary>
    public async Task UndoAsync(JobContext job, BenchName bench, SiteName site, CancellationToken cancel)
    {
        var folder = catalog.Folder(bench);
        var claims = job.Claims;
        if (claims.Count == 0)
            return;

        using var log = job.OpenCompensationLog();
        log.Line($"Putting {site} back as it was");
        var stage = claims.FirstOrDefault(claim => claim.Kind == StageClaim) is { } claim ? SiteStage.Parse(folder, claim.Value) : null;
        if (stage is not null && claims.Any(each => each.Kind == OldDatabaseClaim))
            new Replacement(stage, folder.SiteFolder(site)).Undo();

        if (stage is not null)
            await stages.RemoveAsync(stage, cancel);

        // Of no use now, and in no list of the portal, which learns of it by the job's success.
        foreach (var backup in backups.List(bench, site).Where(backup => backup.JobId == job.Id))
            BackupStore.Remove(store.FolderOf(bench, site, backup.Id));

        var config = Path.Combine(folder.SiteFolder(site), "site_config.json");
        MaintenanceMode.PutBack(job, config);
        DurableFile.RemoveLeftover(config);
        log.Line($"{site} is as it was before");
    }
}
