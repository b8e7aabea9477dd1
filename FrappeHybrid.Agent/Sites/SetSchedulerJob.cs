using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Sites;

/// <summary>"Set Scheduler". What bench calls its status also says "disabled" of a scheduler that is only paused, so that the setting itself is read.</summary>
internal sealed class SetSchedulerJob(BenchCatalog catalog, BenchProgram bench, SiteDatabase database)
    : SiteWork<StoredSwitch>(catalog, SiteJson.Default.StoredSwitch, SiteJobTypes.SetScheduler)
{
    private const string Claim = "scheduler-was";

    public override async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        SiteOnServer? site = null;
        var isOn = false;
        await job.StepAsync(SiteWorkSteps.Check, async _ =>
        {
            site = Require(request);
            isOn = (await database.ReadAsync(site.Database, cancel)).SchedulerEnabled;
            return StepOutcome.Done($"the scheduler is {(isOn ? "on" : "off")}");
        });
        job.Claim(new JobClaim(Claim, isOn ? "on" : "off"));
        await job.StepAsync(SiteWorkSteps.SetScheduler, async log =>
        {
            if (isOn == request.On)
                return StepOutcome.Nothing($"it was {(isOn ? "on" : "off")} already");

            await SetAsync(job, log, site!, request.On, cancel);
            var paused = request.On && SiteConfigFile.IsOn(SiteConfigFile.Read(site!.ConfigFile)["pause_scheduler"]);
            return StepOutcome.Done(request.On ? paused ? "on; it runs again when maintenance ends" : "on" : "off");
        });
        return NoResult;
    }

    public override async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        if (job.Claims.FirstOrDefault(claim => claim.Kind == Claim) is not { } claim || claim.Value == "on" == request.On)
            return;

        var site = Require(request);
        using var log = job.OpenCompensationLog();
        log.Line($"Putting the scheduler back: {claim.Value}");
        await SetAsync(job, log, site, claim.Value == "on", cancel);
    }

    private async Task SetAsync(JobContext job, StepLog log, SiteOnServer site, bool on, CancellationToken cancel)
    {
        var result = await bench.RunAsync(job, log, site.Backend, ["bench", "--site", site.Name.Value, on ? "enable-scheduler" : "disable-scheduler"], [], cancel);
        if (result.ExitCode != 0)
            throw BenchFailures.Explain($"The scheduler could not be turned {(on ? "on" : "off")}", result);
    }
}
