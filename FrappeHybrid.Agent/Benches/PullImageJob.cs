using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Metrics;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Benches;

/// <summary>"Pull Image": a release's image comes to the server and is looked into; nothing is made of it yet.</summary>
internal sealed class PullImageJob(DockerEngine engine, DockerImages images, ServerFacts facts) : IJobWork
{
    /// <summary>An image that was not on the server before.</summary>
    private const string ImageClaim = "image";

    private const string ContainerClaim = "container";
    private const long DiskNeeded = 2L << 30;

    public JobType Type => BenchJobTypes.PullImage;

    public IReadOnlyList<JobLock> Locks(string request) => [new JobLock($"image:{Read(request).Image}", Alone: true)];

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var image = Read(job.Request).Image;
        var pull = new ImagePull(images, image, SignIns.Of(job));
        var isNew = false;
        PullImageResult? result = null;

        await job.StepAsync(PullImageSteps.Check, async _ =>
        {
            var version = await engine.VersionAsync(cancel);
            var free = facts.Read().DiskFreeBytes;
            if (free < DiskNeeded)
            {
                throw new JobFailedException(
                    JobErrorCodes.DiskFull, string.Create(CultureInfo.InvariantCulture, $"Only {free >> 20} MB are free on the disk; 2 GB are needed."), "Free some space first.");
            }

            isNew = await images.FindAsync(image, cancel) is null;
            return StepOutcome.Done(string.Create(CultureInfo.InvariantCulture, $"Docker {version.Version}, {free >> 30} GB disk free"));
        });

        if (isNew)
            job.Claim(new JobClaim(ImageClaim, image.Value));
        await job.StepAsync(PullImageSteps.Pull, async log =>
        {
            var said = await pull.RunAsync(log.Line, share => log.Progress((int)(share * 100)), cancel);
            log.Progress(100);
            return StepOutcome.Done(said);
        });

        var container = $"frappe-hybrid-look-{job.Id}";
        job.Claim(new JobClaim(ContainerClaim, container));
        await job.StepAsync(PullImageSteps.LookInside, async log =>
        {
            var apps = await ImageApps.ListAsync(engine, image, container, "-", cancel);
            result = new PullImageResult(image, await pull.DigestAsync(cancel), (await images.FindAsync(image, cancel))?.Size ?? 0, apps);
            log.Line($"Digest: {result.Digest ?? "none"}");
            return StepOutcome.Done(string.Join(", ", apps));
        });
        return JsonSerializer.SerializeToElement(result!, BenchWorkJson.Default.PullImageResult);
    }

    public async Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        var claims = job.Claims;
        foreach (var claim in claims.Where(claim => claim.Kind == ContainerClaim))
            await engine.RemoveContainerAsync(claim.Value, cancel);

        foreach (var claim in claims.Where(claim => claim.Kind == ImageClaim))
            await images.RemoveAsync(Read(job.Request).Image, cancel);
    }

    private static StoredPull Read(string request) => JsonSerializer.Deserialize(request, StoredBenchJson.Default.StoredPull)!;
}
