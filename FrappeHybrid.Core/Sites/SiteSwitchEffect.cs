using System.Text.Json;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;

namespace FrappeHybrid.Core.Sites;

/// <summary>Maintenance and scheduler: what is shown of the site follows at once, before the Agent is asked again.</summary>
internal sealed class SiteSwitchEffect : IJobEffect
{
    public IReadOnlyList<JobType> Types { get; } = [SiteJobTypes.SetMaintenance, SiteJobTypes.SetScheduler];

    public Task<Error?> BeginAsync(PortalDb db, Job job, CancellationToken cancel) => Task.FromResult<Error?>(null);

    public async Task EndAsync(PortalDb db, Job job, CancellationToken cancel)
    {
        if (job.State is not RunState.Success || await db.SiteFacts.FindAsync([job.SiteId], cancel) is not { } facts || facts.Read() is not { } known)
            return;
        facts.Put(job.Type == SiteJobTypes.SetMaintenance.Key
            ? known with { MaintenanceMode = JsonSerializer.Deserialize(job.Request!, SiteWorkJson.Default.SetMaintenanceRequest)!.On }
            : known with { SchedulerEnabled = JsonSerializer.Deserialize(job.Request!, SiteWorkJson.Default.SetSchedulerRequest)!.Enabled });
    }
}
