using System.Text.Json;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Updates;

/// <summary>"Migrate": the site stays in its bench.</summary>
internal sealed class MigrateSiteJob(SiteUpdate update, UpdateCompensation compensation) : IJobWork
{
    public JobType Type => UpdateJobTypes.MigrateSite;

    public IReadOnlyList<JobLock> Locks(string request)
    {
        var stored = UpdateSiteJob.Read(request);
        return [JobLock.ForBench(stored.Bench, alone: false), JobLock.ForSite(stored.Site)];
    }

    public Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel) => update.RunAsync(job, UpdateSiteJob.Read(job.Request), cancel);

    public Task<JsonElement> FinishAsync(JobContext job, CancellationToken cancel) => update.FinishAsync(job, UpdateSiteJob.Read(job.Request), cancel);

    public Task CompensateAsync(JobContext job, CancellationToken cancel) => compensation.RunAsync(job, UpdateSiteJob.Read(job.Request), cancel);
}
