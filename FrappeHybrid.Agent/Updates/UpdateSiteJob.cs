using System.Text.Json;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Updates;

/// <summary>"Update": the site moves to a bench of a newer release.</summary>
internal sealed class UpdateSiteJob(SiteUpdate update, UpdateCompensation compensation) : IJobWork
{
    public JobType Type => UpdateJobTypes.UpdateSite;

    public IReadOnlyList<JobLock> Locks(string request)
    {
        var stored = Read(request);
        return [JobLock.ForBench(stored.Bench, alone: false), JobLock.ForBench(stored.TargetBench!, alone: false), JobLock.ForSite(stored.Site)];
    }

    public Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel) => update.RunAsync(job, Read(job.Request), cancel);

    public Task<JsonElement> FinishAsync(JobContext job, CancellationToken cancel) => update.FinishAsync(job, Read(job.Request), cancel);

    public Task CompensateAsync(JobContext job, CancellationToken cancel) => compensation.RunAsync(job, Read(job.Request), cancel);

    public static StoredUpdateRequest Read(string request) => JsonSerializer.Deserialize(request, StoredUpdateJson.Default.StoredUpdateRequest)!;
}
