using System.Text.Json;
using FrappeHybrid.Agent.Backups;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Updates;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Sites;

namespace FrappeHybrid.Agent.Sites;

/// <summary>"Uninstall App": its documents go with it, so that a backup with the site's files is taken first, and kept.</summary>
internal sealed class UninstallAppJob(BenchCatalog catalog, BenchProgram bench, SiteDatabase database, TableCopies copies, SiteProbe probe, SiteBackups backups)
    : AppWork(catalog, bench, database, copies, probe, SiteJobTypes.UninstallApp)
{

    public override async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        SiteOnServer? site = null;
        BackupRecord? record = null;
        await job.StepAsync(SiteWorkSteps.Check, async _ =>
        {
            site = Require(request);
            if (request.App == Framework)
                throw new JobFailedException(JobErrorCodes.CommandFailed, "frappe is the site itself; it cannot be uninstalled.", "Drop the site instead.");

            return (await Database.ReadAsync(site.Database, cancel)).Apps.Contains(request.App)
                ? StepOutcome.Done($"{request.App} is on the site")
                : throw new JobFailedException(JobErrorCodes.AppNotInstalled, $"{request.App} is not installed on {site.Name}.");
        });
        await CloseAsync(job, site!, cancel);
        await job.StepAsync(SiteWorkSteps.BackUp, async log =>
        {
            record = await backups.TakeAsync(job, log, site!, withFiles: true, BackupKind.Safety, cancel);
            await CopyAsync(job, log, site!, cancel);
            return StepOutcome.Done("backup kept; all tables copied, until the job ends");
        });
        await job.StepAsync(SiteWorkSteps.UninstallApp, async log =>
        {
            await BenchAsync(job, log, site!, ["uninstall-app", request.App.Value, "--yes", "--no-backup"], $"{request.App} could not be uninstalled", cancel);
            return (await Database.ReadAsync(site!.Database, cancel)).Apps.Contains(request.App)
                ? throw new JobFailedException(JobErrorCodes.CommandFailed, $"bench says that it has uninstalled {request.App}, and the site still has it.", "The output of the step may tell why.")
                : StepOutcome.Done($"{request.App} uninstalled");
        });
        await OpenAsync(job, site!, cancel);
        return JsonSerializer.SerializeToElement(new SiteAppsResult((await Database.ReadAsync(site!.Database, cancel)).Apps, record), SiteWorkJson.Default.SiteAppsResult);
    }

    protected override async Task<JsonElement> ResultAsync(SiteOnServer site, CancellationToken cancel)
    {
        // Nothing else backs the site up while the job has it: the newest one is its own.
        var backup = backups.List(site.Folder.Bench, site.Name) is [{ Kind: BackupKind.Safety } newest, ..] ? newest : null;
        return JsonSerializer.SerializeToElement(new SiteAppsResult((await Database.ReadAsync(site.Database, cancel)).Apps, backup), SiteWorkJson.Default.SiteAppsResult);
    }
}
