using System.IO.Compression;
using System.Text;
using Bunit;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Jobs.Feed;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Portal.Components.Pages;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Jobs;

/// <summary>What a person types as a secret reaches the Agent and nothing else: looked for in every byte of the database, every log line, the pages and the support bundle.</summary>
public sealed class SecretTests
{
    private const string Canary = JobScene.Canary;

    public static TheoryData<string, bool> Types => [.. JobTypes.All.Where(type => type.HoldsSecret).Select(type => (type.Key, true)), (JobTypes.NewSite.Key, false)];

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_secret_reaches_the_Agent_and_is_nowhere_else_however_the_job_ends(string type, bool succeeds)
    {
        var wanted = JobCases.Of(type);
        var (scene, job) = await JobScene.OrderAsync(wanted);
        await using var ordered = scene;
        Look(scene);
        await DeliverAtTheSecondTryAsync(scene);
        var (_, _, body) = Assert.Single(scene.Core.Agent.Submissions);
        Assert.Contains(Canary, body, StringComparison.Ordinal);
        await using (new Running(scene.Core.Get<FeedFollowers>().RunAsync))
        {
            var ended = succeeds
                ? Snapshots.Of(job, wanted.Type, JobState.Success)
                : Snapshots.Of(job, wanted.Type, JobState.Failure, new JobError("command-failed", "It was not possible.", "Look at the output.", "raw output"));
            scene.Core.Agent.Tell(succeeds && wanted.Result is { } result ? ended with { Result = result(scene) } : ended);
            await scene.Core.UntilAsync(async () => (await scene.Core.JobAsync(job)).HasEnded);
        }

        var row = await scene.Core.JobAsync(job);
        Assert.Equal((succeeds ? RunState.Success : RunState.Failure, null, null), (row.State, row.SecretProtected, row.Request));
        Look(scene);
        await LookAtPagesAsync(scene, job);
        await LookIntoBundleAsync(scene, job);
    }

    private static async Task DeliverAtTheSecondTryAsync(JobScene scene)
    {
        var before = scene.Core.Agent.Before;
        scene.Core.Agent.Before = (_, _) => throw new IOException("reset");
        await scene.Core.Get<JobDelivery>().NextAsync(scene.Server.Id, Cancel);
        Look(scene);
        scene.Core.Agent.Before = before;
        await using (var db = await scene.Core.DbAsync())
            await db.Jobs.ExecuteUpdateAsync(set => set.SetProperty(job => job.NextDeliveryAt, (DateTimeOffset?)null), Cancel);
        await scene.Core.Get<JobDelivery>().NextAsync(scene.Server.Id, Cancel);
    }

    private static void Look(JobScene scene)
    {
        foreach (var file in Directory.GetFiles(scene.Core.Folder))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            Assert.True(bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(Encoding.UTF8.GetBytes(Canary)) < 0, $"{Path.GetFileName(file)} holds the secret.");
        }

        Assert.NotEmpty(scene.Core.Logs.Lines);
        Assert.DoesNotContain(scene.Core.Logs.Lines, line => line.Contains(Canary, StringComparison.Ordinal));
    }

    private static async Task LookAtPagesAsync(JobScene scene, Guid job)
    {
        await using var page = await PageContext.StartAsync(on: scene.Core);
        var title = (await scene.Core.JobAsync(job)).Title;
        AssertShown(page.Render<JobPage>(parameters => parameters.Add(each => each.Id, job)), title);
        AssertShown(page.Render<JobList>(), title);
        AssertShown(page.Render<SitePage>(parameters => parameters.Add(each => each.Id, scene.Site.Id)), scene.Site.Name.Value);
        AssertShown(page.Render<BenchPage>(parameters => parameters.Add(each => each.Id, scene.Bench.Id)), scene.Bench.Name.Value);
        AssertShown(page.Render<Overview>(), "Overview");
    }

    private static void AssertShown<T>(IRenderedComponent<T> page, string word)
        where T : IComponent
    {
        page.WaitForAssertion(() => Assert.Contains(word, page.Markup, StringComparison.Ordinal), TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(Canary, page.Markup, StringComparison.Ordinal);
    }

    private static async Task LookIntoBundleAsync(JobScene scene, Guid job)
    {
        using var target = new MemoryStream();
        Assert.True((await scene.Core.Get<SupportBundle>().WriteAsync(scene.Owner, job, "1", target, Cancel)).IsDone);
        target.Position = 0;
        await using var archive = new ZipArchive(target, ZipArchiveMode.Read);
        Assert.NotEmpty(archive.Entries);
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(Cancel));
            Assert.DoesNotContain(Canary, await reader.ReadToEndAsync(Cancel), StringComparison.Ordinal);
        }
    }
}
