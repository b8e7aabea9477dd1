using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Sites;

/// <summary>"Set Maintenance Mode".</summary>
internal sealed class SetMaintenanceJob(BenchCatalog catalog, SiteProbe probe) : SiteWork<StoredSwitch>(catalog, SiteJson.Default.StoredSwitch, SiteJobTypes.SetMaintenance)
{
    private const string Claim = "maintenance-was";
    private const int ServiceUnavailable = 503;

    public override async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        SiteOnServer? site = null;
        await job.StepAsync(SiteWorkSteps.Check, _ =>
        {
            site = Require(request);
            return Task.FromResult(StepOutcome.Done($"maintenance is {(SiteMaintenance.IsOn(site.ConfigFile) ? "on" : "off")}"));
        });
        job.Claim(new JobClaim(Claim, SiteMaintenance.IsOn(site!.ConfigFile) ? "on" : "off"));
        await job.StepAsync(SiteWorkSteps.SetMaintenance, _ => Task.FromResult(
            SiteMaintenance.Set(site.ConfigFile, request.On) ? StepOutcome.Done(request.On ? "on, the scheduler pauses" : "off") : StepOutcome.Nothing($"it was {(request.On ? "on" : "off")} already")));
        await job.StepAsync(SiteWorkSteps.Verify, log => request.On ? probe.WaitAsync(DomainName.Of(site.Name), ServiceUnavailable, log, cancel) : probe.WaitAsync(site.Name, log, cancel));
        return NoResult;
    }

    public override Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        if (job.Claims.FirstOrDefault(claim => claim.Kind == Claim) is { } claim)
            SiteMaintenance.Set(Require(Read(job.Request)).ConfigFile, claim.Value == "on");

        return Task.CompletedTask;
    }
}
