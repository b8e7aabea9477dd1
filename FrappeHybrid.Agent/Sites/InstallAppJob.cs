using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Updates;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Sites;

namespace FrappeHybrid.Agent.Sites;

/// <summary>"Install App".</summary>
internal sealed class InstallAppJob(BenchCatalog catalog, BenchProgram bench, SiteDatabase database, TableCopies copies, SiteProbe probe)
    : AppWork(catalog, bench, database, copies, probe, SiteJobTypes.InstallApp)
{
    public override async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        SiteOnServer? site = null;
        await job.StepAsync(SiteWorkSteps.Check, async _ =>
        {
            site = Require(request);
            if (!site.Bench.Apps.Contains(request.App))
            {
                throw new JobFailedException(
                    JobErrorCodes.AppNotInBench, $"Bench {request.Bench} has no {request.App}.", $"It has {string.Join(", ", site.Bench.Apps)}. Choose among them, or another release.");
            }

            return (await Database.ReadAsync(site.Database, cancel)).Apps.Contains(request.App)
                ? throw new JobFailedException(JobErrorCodes.AppInstalled, $"{request.App} is installed on {site.Name} already.")
                : StepOutcome.Done($"{request.App} is in the bench and not on the site");
        });
        await CloseAsync(job, site!, cancel);
        await job.StepAsync(SiteWorkSteps.BackUp, async log =>
        {
            await CopyAsync(job, log, site!, cancel);
            return StepOutcome.Done("all tables copied, until the job ends");
        });
        await job.StepAsync(SiteWorkSteps.InstallApp, async log =>
        {
            await BenchAsync(job, log, site!, ["install-app", request.App.Value], $"{request.App} could not be installed", cancel);
            return (await Database.ReadAsync(site!.Database, cancel)).Apps.Contains(request.App)
                ? StepOutcome.Done($"{request.App} installed")
                : throw new JobFailedException(JobErrorCodes.CommandFailed, $"bench says that it has installed {request.App}, and the site does not have it.", "The output of the step may tell why.");
        });
        await OpenAsync(job, site!, cancel);
        return await ResultAsync(site!, cancel);
    }

    protected override async Task<JsonElement> ResultAsync(SiteOnServer site, CancellationToken cancel) =>
        JsonSerializer.SerializeToElement(new SiteAppsResult((await Database.ReadAsync(site.Database, cancel)).Apps), SiteWorkJson.Default.SiteAppsResult);
}
