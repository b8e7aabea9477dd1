using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Metrics;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Servers;

namespace FrappeHybrid.Agent.Servers;

/// <summary>"Clean Up": takes away exactly what a person has seen in the plan, or nothing when that has changed.</summary>
internal sealed class CleanUpServerJob(
    CleanUpPlanner planner, DockerEngine engine, DockerUpkeep upkeep, PulledImages pulled, JobStore store, AgentPaths paths, ServerFacts facts) : IJobWork
{
    private const string ArchivedClaim = "archived";

    /// <summary>Half removed must not look like an archive: first it gets this in front of its name.</summary>
    private const string GoingPrefix = ".being-removed-";

    public JobType Type => ServerJobTypes.CleanUp;

    // Alone on the server: no bench is being made whose network would still be without containers.
    public IReadOnlyList<JobLock> Locks(string request) => [JobLock.Server];

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        var freeBefore = facts.Read().DiskFreeBytes;
        CleanUpPlan plan = null!;
        var removed = 0;
        await job.StepAsync(CleanUpSteps.Check, async _ =>
        {
            plan = await planner.MakeAsync(request.ArchivedDays, request.JobDays, cancel);
            return plan.Digest == request.Digest
                ? StepOutcome.Done(Count(plan.Items.Count))
                : throw new JobFailedException(JobErrorCodes.PlanChanged, "The server has changed since the plan was shown; nothing was taken away.", "Look at the new plan, then start it again.");
        });

        Task<StepOutcome> TakeAsync(StepLog log, Func<CleanUpItem, Task> take, params CleanUpKind[] kinds) => EachAsync(log, [.. plan.Items.Where(item => kinds.Contains(item.Kind))], async item =>
        {
            await take(item);
            removed++;
        });

        await job.StepAsync(CleanUpSteps.RemoveObjects, log => TakeAsync(log, item => RemoveObjectAsync(item, cancel), CleanUpKind.Container, CleanUpKind.Network, CleanUpKind.Volume));
        await job.StepAsync(CleanUpSteps.RemoveImages, log => TakeAsync(log, item => RemoveImageAsync(item, cancel), CleanUpKind.Image));
        await job.StepAsync(CleanUpSteps.RemoveArchived, log => TakeAsync(log, item => RemoveArchived(job, item), CleanUpKind.Archived));
        await job.StepAsync(CleanUpSteps.RemoveJobHistory, log => TakeAsync(log, _ => RemoveHistory(request), CleanUpKind.JobHistory));
        return JsonSerializer.SerializeToElement(new CleanUpResult(removed, Math.Max(0, facts.Read().DiskFreeBytes - freeBefore)), UpkeepJson.Default.CleanUpResult);
    }

    /// <summary>What is gone stays gone; an archive that is half gone goes whole.</summary>
    public Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        using var log = job.OpenCompensationLog();
        foreach (var claim in job.Claims.Where(claim => claim.Kind == ArchivedClaim))
        {
            var going = Going(claim.Value);
            if (!FileOrFolderExists(going))
                continue;

            log.Line($"Taking away the rest of {claim.Value}");
            Delete(going);
        }

        log.Line("What was taken away before stays away; everything else is untouched. A new plan shows what is left.");
        return Task.CompletedTask;
    }

    private static async Task<StepOutcome> EachAsync(StepLog log, List<CleanUpItem> items, Func<CleanUpItem, Task> take)
    {
        if (items.Count == 0)
            return StepOutcome.Nothing("nothing in the plan");

        for (var index = 0; index < items.Count; index++)
        {
            log.Line($"{items[index].Kind}: {items[index].Name}");
            await take(items[index]);
            log.Progress(100 * (index + 1) / items.Count);
        }

        return StepOutcome.Done(Count(items.Count));
    }

    private Task RemoveObjectAsync(CleanUpItem item, CancellationToken cancel) => item.Kind switch
    {
        CleanUpKind.Container => engine.RemoveContainerAsync(item.Id, cancel),
        CleanUpKind.Network => upkeep.RemoveNetworkAsync(item.Id, cancel),
        _ => upkeep.RemoveVolumeAsync(item.Id, cancel),
    };

    private async Task RemoveImageAsync(CleanUpItem item, CancellationToken cancel)
    {
        // By its names, one after the other: with the last one the engine takes the image itself, and refuses when somebody has begun to use it.
        var image = (await upkeep.ImagesAsync(cancel)).FirstOrDefault(each => each.Id == item.Id);
        List<string> names = image is null ? [] : [.. CleanUpPlanner.TagsOf(image)];
        foreach (var name in names.Count > 0 ? names : [item.Id])
            await upkeep.RemoveImageAsync(name, cancel);
        pulled.Forget(item.Id);
    }

    private Task RemoveArchived(JobContext job, CleanUpItem item)
    {
        job.Claim(new JobClaim(ArchivedClaim, item.Id));
        var path = Path.Combine(paths.ArchivedFolder, item.Id);
        var going = Going(item.Id);
        if (FileOrFolderExists(path))
            Directory.Move(path, going);
        Delete(going);
        return Task.CompletedTask;
    }

    private Task RemoveHistory(CleanUpRequest request)
    {
        store.Prune(planner.JobLimit(request.JobDays));
        store.Compact();
        return Task.CompletedTask;
    }

    private string Going(string archive) => Path.Combine(paths.ArchivedFolder, Path.GetDirectoryName(archive) ?? "", GoingPrefix + Path.GetFileName(archive));

    private static bool FileOrFolderExists(string path) => FileFacts.Of(path) is not null;

    private static void Delete(string path)
    {
        // A link is taken away itself, never what it leads to.
        if (FileFacts.Of(path) is { IsFolder: true })
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }

    private static string Count(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "thing" : "things")}");

    private static CleanUpRequest Read(string request) => JsonSerializer.Deserialize(request, UpkeepJson.Default.CleanUpRequest)!;
}
