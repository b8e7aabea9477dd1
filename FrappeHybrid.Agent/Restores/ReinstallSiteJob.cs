using System.Text.Json;
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
/// "Reinstall": the site with its apps and without its data. `bench reinstall` wipes first and installs then; here the new one is made beside the old one, as
/// a restore does it, so that a failure leaves the site as it was.
/// </summary>
internal sealed class ReinstallSiteJob(
    BenchCatalog catalog, RunningBench benches, BenchProgram bench, MariaDb mariaDb, SiteDatabases databases, SiteReplacer replacer, SiteStages stages, SiteProbe probe) : IJobWork
{
    private const string FrameworkApp = "frappe";

    public JobType Type => RestoreJobTypes.ReinstallSite;

    public IReadOnlyList<JobLock> Locks(string request)
    {
        var site = Read(request);
        return [JobLock.ForBench(site.Bench, alone: false), JobLock.ForSite(site.Site)];
    }

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        var password = job.Secret ?? throw new InvalidOperationException("The site's password file is gone.");
        SiteOnServer site = null!;
        BackupRecord? safety = null;
        SiteStage stage = null!;
        IReadOnlyList<AppName> apps = [];
        await job.StepAsync(RestoreSteps.CheckSite, async _ =>
        {
            await benches.RequireAsync(request.Bench, cancel);
            site = SiteOnServer.Require(catalog, request.Bench, request.Site);
            apps = await databases.ReadAppsAsync(site.Database, cancel);
            if (apps.Count == 0)
                apps = [AppName.Parse(FrameworkApp)];

            return apps.Where(app => !site.Bench.Apps.Contains(app)).ToList() is { Count: > 0 } missing
                ? throw new JobFailedException(
                    JobErrorCodes.AppNotInBench, $"The site has {string.Join(", ", missing)}, which bench {request.Bench} does not have.", "Uninstall the app first, or move the site to a release that has it.")
                : StepOutcome.Done($"apps: {string.Join(", ", apps)}");
        });
        await job.StepAsync(RestoreSteps.Maintenance, _ => replacer.CloseAsync(job, site, cancel));
        await job.StepAsync(RestoreSteps.SafetyBackup, async log =>
        {
            (safety, var outcome) = await replacer.BackUpAsync(job, log, site, request.SafetyBackup, withFiles: true, cancel);
            return outcome;
        });
        await job.StepAsync(RestoreSteps.Create, async log =>
        {
            stage = SiteReplacer.NewStage(job, site.Folder);
            await CreateAsync(job, log, stage, site, password, cancel);
            return StepOutcome.Done($"database {stage.Database}");
        });
        await job.StepAsync(RestoreSteps.InstallApps, async log =>
        {
            foreach (var app in apps.Where(app => app.Value != FrameworkApp))
            {
                var result = await bench.RunAsync(job, log, site.Backend, ["bench", "--site", stage.Name, "install-app", app.Value], [], cancel);
                if (result.ExitCode != 0)
                    throw BenchFailures.Explain($"{app} could not be installed", result);
            }

            return apps.Count > 1 ? StepOutcome.Done(string.Join(", ", apps)) : StepOutcome.Nothing("no apps beside frappe");
        });
        await job.StepAsync(RestoreSteps.Switch, async log =>
        {
            // New folders for files: those of the old site belong to its documents.
            foreach (var part in (string[])["public", "private"])
                Directory.CreateDirectory(Path.Combine(stage.Workshop, part, "files"));

            await replacer.SwitchAsync(job, site, stage, keys => keys.Remove("encryption_key"), cancel);
            await stages.RunAsync(job, log, site.Folder, site.Name, ["enable-scheduler"], [], "The scheduler could not be enabled", cancel);
            return StepOutcome.Done("the old database and files are kept until the site answers");
        });
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

    private async Task CreateAsync(JobContext job, StepLog log, SiteStage stage, SiteOnServer site, string password, CancellationToken cancel)
    {
        var setupPassword = await mariaDb.CreateSetupUserAsync(stage.Database, cancel);
        job.Redactor.Add(setupPassword);
        string[] command =
        [
            "bench", "new-site", stage.Name, "--mariadb-user-host-login-scope=%", $"--db-root-username={stage.Database.SetupUser}", $"--db-name={stage.Database}",
        ];
        var result = await bench.RunAsync(job, log, site.Backend, command, [setupPassword, password, password], cancel);
        if (result.ExitCode != 0)
            throw BenchFailures.Explain("The site could not be created anew", result);

        await mariaDb.DropSetupUserAsync(stage.Database, cancel);
        await databases.SettleUserAsync(stage.Database, SiteStages.PasswordOf(job, stage.ConfigFile), cancel);
    }

    private static StoredReinstall Read(string request) => JsonSerializer.Deserialize(request, StoredRestoreJson.Default.StoredReinstall)!;
}
