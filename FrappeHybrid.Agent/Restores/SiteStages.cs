using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Restores;

/// <summary>Makes, fills and removes stages. The site that a stage is for does not notice any of it.</summary>
internal sealed class SiteStages(BenchProgram bench, MariaDb mariaDb, SiteDatabases databases)
{
    /// <summary>Where a container of a bench sees the folder of its sites.</summary>
    private const string SitesInContainer = "/home/frappe/frappe-bench/sites";

    private static readonly string[] Folders = ["locks", "logs", "private/backups", "private/files", "public/files"];

    /// <summary>An empty database with its user, and a folder that bench takes for a site. The caller has claimed the stage.</summary>
    /// <param name="job">Whose stage it is.</param>
    /// <param name="stage">Which.</param>
    /// <param name="more">Adds to the configuration.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task CreateAsync(JobContext job, SiteStage stage, Action<JsonObject> more, CancellationToken cancel)
    {
        var password = SiteDatabases.NewPassword();
        job.Redactor.Add(password);
        await databases.CreateAsync(stage.Database, password, cancel);
        foreach (var folder in Folders)
            Directory.CreateDirectory(Path.Combine(stage.Path, folder));

        DurableFile.Write(stage.ConfigFile, "{}");
        SiteConfigFile.Change(stage.ConfigFile, keys =>
        {
            more(keys);
            keys["db_name"] = stage.Database.Value;
            keys["db_password"] = password;
            keys["db_type"] = "mariadb";
            keys.Remove("db_user");

            // Nobody works on it, no worker and no scheduler, and it writes to nobody, until it is put in place.
            keys["maintenance_mode"] = 1;
            keys["pause_scheduler"] = 1;
            keys["mute_emails"] = 1;
        });
    }

    /// <summary>`bench restore` of a dump that has been read to its end; gives the apps of the site in it.</summary>
    public async Task<IReadOnlyList<AppName>> LoadAsync(JobContext job, StepLog log, SiteStage stage, BenchRecord record, string dump, CancellationToken cancel)
    {
        const string name = "restore.sql.gz";
        var link = Path.Combine(stage.Path, name);
        HardLink.Make(dump, link);
        var setupPassword = await mariaDb.CreateSetupUserAsync(stage.Database, cancel);
        job.Redactor.Add(setupPassword);

        // The password on standard input: bench writes its whole command line into a log file of the bench (trap 6).
        string[] command = ["bench", "--site", stage.Name, "restore", $"{SitesInContainer}/{stage.Name}/{name}", $"--db-root-username={stage.Database.SetupUser}"];
        var result = await bench.RunAsync(job, log, BenchProgram.ContainerOf(stage.Folder), command, [setupPassword], cancel);
        var apps = await databases.ReadAppsAsync(stage.Database, cancel);
        if (apps.Where(app => !record.Apps.Contains(app)).ToList() is { Count: > 0 } missing)
        {
            throw new JobFailedException(
                JobErrorCodes.AppNotInBench, $"The backup is of a site with {string.Join(", ", missing)}, which bench {record.Name} does not have.",
                "Restore it into a bench of a release that has the app.", result.Output);
        }

        if (result.ExitCode != 0)
            throw BenchFailures.Explain("The database could not be loaded", result);
        if (apps.Count == 0)
            throw new JobFailedException(JobErrorCodes.BackupInvalid, "The dump was loaded, and no site is in it.", "Choose another backup.", result.Output);

        File.Delete(link);
        await mariaDb.DropSetupUserAsync(stage.Database, cancel);

        // bench has added a user at its own container's address and set passwords anew: one user, at every host, with the password of the configuration.
        await databases.SettleUserAsync(stage.Database, PasswordOf(job, stage.ConfigFile), cancel);
        return apps;
    }

    /// <summary>Database, users, folders: whatever there is of it goes; nothing happens when it is gone.</summary>
    public async Task RemoveAsync(SiteStage stage, CancellationToken cancel)
    {
        await databases.DropAsync(stage.Database, cancel);
        RemoveFolders(stage);
    }

    /// <summary>The folders only: the database has become a site's.</summary>
    public static void RemoveFolders(SiteStage stage)
    {
        foreach (var folder in (string[])[stage.Path, stage.Workshop])
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }

        stage.RemoveEmptyWorkshops();
    }

    /// <summary>`bench migrate`, then the scheduler as wanted.</summary>
    public async Task<StepOutcome> MigrateAsync(JobContext job, StepLog log, BenchFolder folder, SiteName site, bool schedulerOn, CancellationToken cancel)
    {
        await RunAsync(job, log, folder, site, ["migrate"], [], "The site could not be migrated", cancel);
        await RunAsync(job, log, folder, site, [schedulerOn ? "enable-scheduler" : "disable-scheduler"], [], "The scheduler could not be set", cancel);
        return StepOutcome.Done(schedulerOn ? "migrated; scheduler on" : "migrated; scheduler off");
    }

    /// <summary>A bench command on the site; a failure explains itself.</summary>
    public async Task RunAsync(
        JobContext job, StepLog log, BenchFolder folder, SiteName site, IReadOnlyList<string> command, IReadOnlyList<string> input, string otherwise, CancellationToken cancel)
    {
        var result = await bench.RunAsync(job, log, BenchProgram.ContainerOf(folder), ["bench", "--site", site.Value, .. command], input, cancel);
        if (result.ExitCode != 0)
            throw BenchFailures.Explain(otherwise, result);
    }

    /// <summary>The site's database password, from now on hidden wherever it turns up.</summary>
    public static string PasswordOf(JobContext job, string configFile)
    {
        var password = SiteConfigFile.Read(configFile)["db_password"]!.GetValue<string>();
        job.Redactor.Add(password);
        return password;
    }
}
