using System.Text.Json;
using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Backups;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Restores;

namespace FrappeHybrid.Agent.Restores;

/// <summary>
/// "Drop": not through `bench drop-site`, which archives inside the container (trap 5), leaves default_site behind, cannot drop a half-made site (trap 2) and
/// hangs when somebody holds a table (trap 4). Until the database goes, everything can be put back.
/// </summary>
internal sealed class DropSiteJob(
    BenchCatalog catalog, MariaDb mariaDb, SiteDatabases databases, SiteBackups backups, SiteArchives archives, SiteEntries entries, TimeProvider time) : IJobWork
{
    private const string DatabaseClaim = "database";
    private const string ArchiveClaim = "archive";
    private const string DefaultSiteClaim = "default-site";
    private const string DefaultSiteKey = "default_site";
    private const string ServedClaim = "served";

    public JobType Type => RestoreJobTypes.DropSite;

    public IReadOnlyList<JobLock> Locks(string request)
    {
        var site = Read(request);
        return [JobLock.ForBench(site.Bench, alone: false), JobLock.ForSite(site.Site)];
    }

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        var folder = catalog.Folder(request.Bench);
        SiteOnServer? site = null;
        DatabaseName? database = null;
        BackupRecord? final = null;
        var schedulerOn = true;
        await job.StepAsync(RestoreSteps.CheckSite, async _ =>
        {
            (site, database) = await LookAsync(request, folder, cancel);
            if (site is not null && database is not null)
                schedulerOn = await databases.IsSchedulerOnAsync(database, cancel) ?? true;

            return StepOutcome.Done(site is null ? "half-made: there is no site to back up" : database is null ? "its database is gone" : $"database {database}");
        });
        await job.StepAsync(RestoreSteps.Maintenance, async _ =>
        {
            if (site is null)
                return StepOutcome.Nothing("it serves nobody");

            SiteStages.PasswordOf(job, site.ConfigFile);
            MaintenanceMode.TurnOn(job, site.ConfigFile);
            var ended = database is null ? 0 : await databases.EndConnectionsAsync(database, cancel);
            return StepOutcome.Done(ended == 0 ? "nobody was connected" : $"{ended} open connections ended");
        });
        await job.StepAsync(RestoreSteps.FinalBackup, async log =>
        {
            if (site is null || database is null)
                return StepOutcome.Nothing("there is no database to back up");
            if (request.WithoutBackup)
                return StepOutcome.Nothing("waived: the database is lost, the files are archived");

            // Of the database alone: the site's folder itself, with all of its files, goes into the archive.
            final = await backups.TakeAsync(job, log, site, withFiles: false, BackupKind.Final, cancel);
            return StepOutcome.Done($"{final.Files.Sum(file => file.Bytes) >> 10} KB");
        });
        await job.StepAsync(RestoreSteps.RemoveFromNginx, async _ =>
        {
            if (File.Exists(folder.NginxFile(request.Site)))
                job.Claim(new JobClaim(ServedClaim, ""));

            await entries.RemoveAsync(folder, request.Site, cancel);
            return StepOutcome.Done("nobody is sent to it any more");
        });
        await job.StepAsync(RestoreSteps.Archive, _ =>
        {
            UnsetDefault(job, folder, request.Site);
            job.Claim(new JobClaim(ArchiveClaim, request.Site.Value));
            archives.Create(job.Id, new ArchiveRecord(request.Bench, request.Site, time.GetUtcNow(), schedulerOn, MaintenanceMode.Before(job) ?? [], final));
            SiteArchives.Move(folder.SiteFolder(request.Site), archives.SiteIn(request.Site, job.Id));
            SiteArchives.Move(backups.FolderOf(request.Bench, request.Site), archives.BackupsIn(request.Site, job.Id));
            return Task.FromResult(StepOutcome.Done($"{archives.FolderOf(request.Site, job.Id)}"));
        });
        if (database is not null)
            job.Claim(new JobClaim(DatabaseClaim, database.Value));

        job.PassReturn();
        JsonElement result = default;
        await job.StepAsync(RestoreSteps.DropDatabase, async _ =>
        {
            result = await FinishAsync(job, cancel);
            return database is null ? StepOutcome.Nothing("there was none") : StepOutcome.Done($"{database} and its user are gone");
        });
        return result;
    }

    public async Task<JsonElement> FinishAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        if (job.Claims.FirstOrDefault(claim => claim.Kind == DatabaseClaim) is { } claim && DatabaseName.TryParse(claim.Value, out var database))
            await databases.DropAsync(database, cancel);

        var record = archives.Find(request.Site, job.Id);
        return JsonSerializer.SerializeToElement(new DropSiteResult(job.Id, record?.FinalBackup is not null), RestoreJson.Default.DropSiteResult);
    }

    public async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        var claims = job.Claims;
        if (claims.Count == 0)
            return;

        using var log = job.OpenCompensationLog();
        log.Line($"Putting {request.Site} back as it was");
        var folder = catalog.Folder(request.Bench);
        if (claims.Any(claim => claim.Kind == ArchiveClaim))
        {
            SiteArchives.Move(archives.SiteIn(request.Site, job.Id), folder.SiteFolder(request.Site));
            SiteArchives.Move(archives.BackupsIn(request.Site, job.Id), backups.FolderOf(request.Bench, request.Site));
            archives.Delete(request.Site, job.Id);
        }

        if (claims.Any(claim => claim.Kind == DefaultSiteClaim))
            SiteConfigFile.Change(folder.CommonSiteConfig, keys => keys[DefaultSiteKey] = request.Site.Value);

        // Of no use now, and in no list of the portal, which learns of it by the job's success.
        foreach (var backup in backups.List(request.Bench, request.Site).Where(backup => backup.JobId == job.Id))
            BackupStore.Remove(Path.Combine(backups.FolderOf(request.Bench, request.Site), backup.Id.ToString()));

        if (claims.Any(claim => claim.Kind == ServedClaim) && folder.Read() is { } bench)
            await entries.PutAsync(folder, bench, request.Site, cancel);

        var config = Path.Combine(folder.SiteFolder(request.Site), "site_config.json");
        if (MaintenanceMode.Before(job) is not null)
            MaintenanceMode.PutBack(job, config);

        DurableFile.RemoveLeftover(config);

        log.Line($"{request.Site} is as it was before");
    }

    /// <summary>The site with its database; null for what a half-made one lacks.</summary>
    private async Task<(SiteOnServer? Site, DatabaseName? Database)> LookAsync(StoredDrop request, BenchFolder folder, CancellationToken cancel)
    {
        if (folder.Read() is null)
            throw new JobFailedException(JobErrorCodes.BenchNotFound, $"There is no bench called {request.Bench} on this server.", "Look at the server's benches.");
        if (!Directory.Exists(folder.SiteFolder(request.Site)) && !File.Exists(folder.NginxFile(request.Site)))
            throw new JobFailedException(JobErrorCodes.SiteNotFound, $"Bench {request.Bench} has no site {request.Site}.", "It may have been moved or dropped by hand; look at the bench's sites.");

        SiteOnServer? site = null;
        try
        {
            site = SiteOnServer.Require(catalog, request.Bench, request.Site);
        }
        catch (JobFailedException)
        {
            // Half-made, or broken beyond reading: there is nothing to back up, and its folder is archived all the same.
        }

        var database = site?.Database ?? DatabaseName.For(request.Bench, request.Site);
        if (OtherOwner(database, request) is { } other)
        {
            return site is null ? (null, null) : throw new JobFailedException(
                JobErrorCodes.SiteConfigInvalid, $"{request.Site} says that its database is {database}, which is that of {other}.", "Mend db_name in its site_config.json first: dropping it would drop the other site's data.");
        }

        return (site, await mariaDb.ExistsAsync(database, cancel) ? database : null);
    }

    /// <summary>Another site of this server that has this database: a configuration can say anything.</summary>
    private string? OtherOwner(DatabaseName database, StoredDrop request) => catalog.Folders()
        .SelectMany(folder => folder.ReadSites().Select(site => (folder, site)))
        .Where(each => each.folder.Bench != request.Bench || each.site != request.Site)
        .Where(each => DatabaseOf(Path.Combine(each.folder.SiteFolder(each.site), "site_config.json")) == database.Value)
        .Select(each => each.site.Value)
        .FirstOrDefault();

    private static string? DatabaseOf(string configFile)
    {
        try
        {
            return SiteConfigFile.Read(configFile)["db_name"] is JsonValue value && value.TryGetValue<string>(out var name) ? name : null;
        }
        catch (JobFailedException)
        {
            return null;
        }
    }

    /// <summary>bench itself leaves it, and every command without --site then fails (trap 5).</summary>
    private static void UnsetDefault(JobContext job, BenchFolder folder, SiteName site)
    {
        if (!File.Exists(folder.CommonSiteConfig) || SiteConfigFile.Read(folder.CommonSiteConfig)[DefaultSiteKey]?.ToString() != site.Value)
            return;

        job.Claim(new JobClaim(DefaultSiteClaim, site.Value));
        SiteConfigFile.Change(folder.CommonSiteConfig, keys => keys.Remove(DefaultSiteKey));
    }

    private static StoredDrop Read(string request) => JsonSerializer.Deserialize(request, StoredRestoreJson.Default.StoredDrop)!;
}
