using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Sites;

/// <summary>"Clear Cache": what was cached is made anew, so that there is nothing to take back.</summary>
internal sealed class ClearCacheJob(BenchCatalog catalog, BenchProgram bench) : SiteWork<SiteTarget>(catalog, SiteJson.Default.SiteTarget, SiteJobTypes.ClearCache)
{
    public override async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        SiteOnServer? site = null;
        await job.StepAsync(SiteWorkSteps.Check, _ =>
        {
            site = Require(Read(job.Request));
            return Task.FromResult(StepOutcome.Done($"{site.Name} is in bench {site.Folder.Bench}"));
        });
        await job.StepAsync(SiteWorkSteps.ClearCache, async log =>
        {
            foreach (var command in (string[])["clear-cache", "clear-website-cache"])
            {
                var result = await bench.RunAsync(job, log, site!.Backend, ["bench", "--site", site.Name.Value, command], [], cancel);
                if (result.ExitCode != 0)
                    throw BenchFailures.Explain("The cache could not be cleared", result);
            }

            return StepOutcome.Done("the cache of pages and of documents is empty");
        });
        return NoResult;
    }
}
