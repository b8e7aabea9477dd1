using System.Text.Json;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Restores;

namespace FrappeHybrid.Agent.Restores;

/// <summary>"Delete for Ever": what was archived of a dropped site goes. Half of it is of no use to anybody, so that it is always finished.</summary>
internal sealed class PurgeTrashedSiteJob(SiteArchives archives) : IJobWork
{
    public JobType Type => RestoreJobTypes.PurgeTrashedSite;

    public IReadOnlyList<JobLock> Locks(string request) => [JobLock.ForSite(Read(request).Site)];

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        job.PassReturn();
        JsonElement result = default;
        await job.StepAsync(RestoreSteps.Delete, async _ =>
        {
            var request = Read(job.Request);
            var isThere = Directory.Exists(archives.FolderOf(request.Site, request.Archive));
            result = await FinishAsync(job, cancel);
            return isThere ? StepOutcome.Done("gone for ever") : StepOutcome.Nothing("it was gone already");
        });
        return result;
    }

    public Task<JsonElement> FinishAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        archives.Delete(request.Site, request.Archive);
        using var result = JsonDocument.Parse("{}");
        return Task.FromResult(result.RootElement.Clone());
    }

    public Task CompensateAsync(JobContext job, CancellationToken cancel) => Task.CompletedTask;

    private static PurgeSiteRequest Read(string request) => JsonSerializer.Deserialize(request, StoredRestoreJson.Default.PurgeSiteRequest)!;
}
