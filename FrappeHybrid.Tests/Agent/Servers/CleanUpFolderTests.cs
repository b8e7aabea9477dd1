using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Metrics;
using FrappeHybrid.Agent.Servers;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Servers;

/// <summary>What a clean-up does with archives, the history of jobs and the record of pulled images; the engine is real and empty, the clock runs ahead.</summary>
[Trait("Category", "Docker")]
public sealed class CleanUpFolderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_archives_and_old_jobs_go_and_what_is_half_gone_goes_whole_after_a_kill()
    {
        await using var engine = await PrivateEngine.StartAsync();
        using var root = new TemporaryRoot();
        var time = new ShiftedTime(TimeSpan.FromDays(40));
        using var connection = new DockerConnection(engine.Socket, TimeProvider.System);
        using var database = new JobDatabase(root.Paths);
        var past = new JobStore(database, new JobFeed(database), TimeProvider.System);
        var store = new JobStore(database, new JobFeed(database), time);
        var pulled = new PulledImages(root.Paths);
        var images = new DockerImages(connection, pulled);
        var upkeep = new DockerUpkeep(connection);
        var planner = new CleanUpPlanner(upkeep, images, pulled, new BenchCatalog(root.Paths), root.Paths, store, time);
        var work = new CleanUpServerJob(planner, new DockerEngine(connection), upkeep, pulled, store, root.Paths, new ServerFacts(root.Paths));

        var archive = Directory.CreateDirectory(Path.Combine(root.Paths.ArchivedFolder, "shop.example.com", "private")).FullName;
        await File.WriteAllTextAsync(Path.Combine(archive, "file"), "data", Cancel);
        var outside = Path.Combine(root.Folder, "outside");
        await File.WriteAllTextAsync(outside, "stays", Cancel);
        File.CreateSymbolicLink(Path.Combine(root.Paths.ArchivedFolder, "link"), outside);
        Directory.CreateDirectory(Path.Combine(root.Paths.ArchivedBenches, "main"));
        EndJob(past, 1);

        Assert.Empty((await planner.MakeAsync(archivedDays: 41, jobDays: 41, Cancel)).Items);
        Assert.DoesNotContain((await planner.MakeAsync(archivedDays: null, jobDays: 30, Cancel)).Items, item => item.Kind is CleanUpKind.Archived);
        var plan = await planner.MakeAsync(archivedDays: 30, jobDays: 30, Cancel);
        Assert.Equal([(CleanUpKind.Archived, "benches/main"), (CleanUpKind.Archived, "link"), (CleanUpKind.Archived, "shop.example.com")], plan.Items.Take(3).Select(item => (item.Kind, item.Id)));
        Assert.Equal(CleanUpKind.JobHistory, plan.Items[3].Kind);

        var result = await work.RunAsync(NewJob(store, 2, plan, time), Cancel);

        Assert.Equal(4, result.GetProperty("removed").GetInt32());
        Assert.Equal(["benches"], Left());
        Assert.Empty(Directory.EnumerateFileSystemEntries(root.Paths.ArchivedBenches));
        Assert.Equal("stays", await File.ReadAllTextAsync(outside, Cancel));
        Assert.Null(store.Find(JobHarness.Id(1)));

        // Killed between the first and the last file of an archive: what is left under its own name is whole, the other goes.
        var half = Directory.CreateDirectory(Path.Combine(root.Paths.ArchivedFolder, ".being-removed-half.example.com")).FullName;
        await File.WriteAllTextAsync(Path.Combine(half, "file"), "data", Cancel);
        Directory.CreateDirectory(Path.Combine(root.Paths.ArchivedFolder, "whole.example.com"));
        var killed = NewJob(store, 3, plan, time);
        killed.Claim(new JobClaim("archived", "half.example.com"));
        await work.CompensateAsync(killed, Cancel);
        await work.CompensateAsync(killed, Cancel);
        Assert.Equal(["benches", "whole.example.com"], Left());

        IEnumerable<string?> Left() => Directory.EnumerateFileSystemEntries(root.Paths.ArchivedFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Only_what_a_pull_brought_is_ours_also_when_the_Agent_was_killed_in_the_pull()
    {
        using var root = new TemporaryRoot();
        Directory.CreateDirectory(root.Paths.AgentFolder);
        var image = ImageReference.Parse("example.com/erpnext:v15");

        // It was here before: its owner's.
        var record = new PulledImages(root.Paths);
        record.Begin(image, "sha256:a");
        record.End(image, "sha256:a");
        Assert.Empty(record.All());

        // The tag has moved: the new one is ours.
        record.Begin(image, "sha256:a");
        record.End(image, "sha256:b");
        record.Begin(image, "sha256:b");
        record.End(image, "sha256:b");
        Assert.Equal([new PulledImage(image.Value, null, "sha256:b")], record.All());

        // Refused by the registry: nothing.
        record.Begin(image, "sha256:b");
        record.Abandon(image);
        Assert.Single(record.All());

        // Killed in the pull: the next Agent knows what was here before.
        record.Begin(image, "sha256:b");
        record = new PulledImages(root.Paths);
        Assert.Contains(new PulledImage(image.Value, "sha256:b", null), record.All());
        record.Begin(image, "sha256:c");
        record.End(image, "sha256:c");
        Assert.Equal(["sha256:b", "sha256:c"], record.All().Select(each => each.Id));
        record.Forget("sha256:b");
        Assert.Equal(["sha256:c"], record.All().Select(each => each.Id));
    }

    private static JobContext NewJob(JobStore store, int number, CleanUpPlan plan, TimeProvider time)
    {
        var request = System.Text.Json.JsonSerializer.Serialize(new CleanUpRequest(plan.Digest, 30, 30), UpkeepJson.Default.CleanUpRequest);
        store.Accept(new JobSubmission(JobHarness.Id(number), ServerJobTypes.CleanUp, request, request));
        store.Start(JobHarness.Id(number));
        return new JobContext(store, ServerJobTypes.CleanUp, store.Unfinished().Single(job => job.Id == JobHarness.Id(number)), secret: null, time, NullLogger.Instance);
    }

    private static void EndJob(JobStore store, int number)
    {
        store.Accept(new JobSubmission(JobHarness.Id(number), ServerJobTypes.CleanUp, "{}", "{}"));
        store.Start(JobHarness.Id(number));
        store.Finish(JobHarness.Id(number), JobState.Success, error: null, result: null);
    }
}
