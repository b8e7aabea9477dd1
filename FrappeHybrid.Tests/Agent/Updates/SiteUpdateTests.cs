using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Updates;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Updates;

/// <summary>A site moves to a newer release, or back when that fails, on a real engine with a real database.</summary>
[Collection(SecondAgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class SiteUpdateTests(AgentServerFixture fixture)
{
    private const string SecondPatch = "frappe.patches.v15_51.make_delivery_report";

    [Fact]
    public async Task An_update_moves_the_site_with_its_data_and_its_backups()
    {
        var scene = await UpdateScene.CreateAsync(fixture, "moves");
        await scene.WriteNoteAsync("kept");
        var backups = Path.Combine(new BenchFolder(scene.Server.Paths, scene.Bench).Path, "backups", scene.Site.Value, "one");
        Directory.CreateDirectory(backups);
        if (Environment.IsPrivilegedProcess)
            await Shell.RunAsync("chown", "-R", "1000:1000", Path.Combine(new BenchFolder(scene.Server.Paths, scene.Bench).Path, "backups"));

        var job = await scene.Server.UntilEndAsync(await scene.UpdateAsync());
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        Assert.All(job.Steps, step => Assert.Equal(StepState.Success, step.State));
        var result = job.Result!.Value.Deserialize(UpdateJson.Default.UpdateSiteResult)!;
        Assert.Equal(scene.Newer, result.Bench);
        Assert.Equal(["frappe 15.51.0", "erpnext 15.51.0"], result.Apps.Select(app => $"{app.App} {app.Version}"));
        Assert.InRange(result.DowntimeSeconds!.Value, 0.05, result.ReadOnlySeconds!.Value);
        TestContext.Current.SendDiagnosticMessage($"downtime {UpdateScene.Seconds(result.DowntimeSeconds)} s, read-only {UpdateScene.Seconds(result.ReadOnlySeconds)} s");

        await scene.AssertServesAsync(scene.Newer, "15.51.0");
        Assert.True(await scene.HasNoteAsync("kept"));
        Assert.True(Directory.Exists(Path.Combine(new BenchFolder(scene.Server.Paths, scene.Newer).Path, "backups", scene.Site.Value, "one")));
        Assert.Contains("erpnext 15.51.0", await AgentServer.BenchCommandAsync(scene.Newer, "--site", scene.Site.Value, "list-apps"), StringComparison.Ordinal);

        // The scheduler goes on, and a worker of the new bench works for the site.
        Assert.DoesNotContain("pause_scheduler", await File.ReadAllTextAsync(Path.Combine(new BenchFolder(scene.Server.Paths, scene.Newer).SiteFolder(scene.Site), "site_config.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await AgentServer.BenchCommandAsync(scene.Newer, "--site", scene.Site.Value, "execute", "frappe.lab.enqueue_note", "--kwargs", "{'title': 'worked'}");
        await scene.Server.UntilAsync(() => scene.HasNoteAsync("worked"));

        // There is nothing newer: nobody is disturbed for it.
        var again = await scene.Server.UntilEndAsync(await scene.Server.OrderAsync(HttpMethod.Post, UpdateRoutes.ForUpdate(scene.Newer, scene.Site), $$"""{"targetBench":"{{scene.Bench}}","skipFailingPatches":false}"""));
        Assert.Equal(JobErrorCodes.NotNewer, again.Error?.Code);
        await scene.AssertServesAsync(scene.Newer, "15.51.0");
    }

    [Fact]
    public async Task A_failing_patch_puts_back_the_touched_tables_only_and_drops_the_new_ones()
    {
        var scene = await UpdateScene.CreateAsync(fixture, "recovers");
        await scene.SetAsync("lab_fail_patch", SecondPatch);
        var before = await scene.TablesAsync();
        var id = await scene.UpdateAsync();
        await scene.Server.FollowAsync(id, job => UpdateScene.HasReached(job, "migrate"));

        // Not among what migrate touches: a copy put back over it would take this away again.
        await scene.WriteNoteAsync("meanwhile");
        var job = await scene.Server.UntilEndAsync(id);
        Assert.Equal((JobState.Failure, JobErrorCodes.UpdateRecovered), (job.State, job.Error?.Code));
        Assert.Contains(SecondPatch, job.Error!.Message, StringComparison.Ordinal);
        Assert.Contains("lacks a column", job.Error.Message, StringComparison.Ordinal);
        Assert.Contains("1054", job.Error.Raw, StringComparison.Ordinal);
        Assert.Equal(StepState.Failure, job.Steps.Single(step => step.Key == "migrate").State);
        await scene.AssertServesAsync(scene.Bench, "15.50.0");
        Assert.True(await scene.HasNoteAsync("meanwhile"));

        var after = await scene.TablesAsync();
        before.Remove("tabNote");
        after.Remove("tabNote");
        Assert.Equal(before, after);

        // The choice "skip the failing patch".
        job = await scene.Server.UntilEndAsync(await scene.UpdateAsync(skipFailing: true));
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        Assert.Equal([SecondPatch], job.Result!.Value.Deserialize(UpdateJson.Default.UpdateSiteResult)!.SkippedPatches);
        await scene.AssertServesAsync(scene.Newer, "15.51.0");
    }

    [Fact]
    public async Task A_way_back_whose_first_try_fails_is_tried_again()
    {
        var scene = await UpdateScene.CreateAsync(fixture, "tries-again");
        var before = await scene.TablesAsync();
        await scene.SetAsync("lab_fail_patch", "1");
        await scene.SetAsync("lab_fail_clear_cache", "1");
        var events = new List<FeedEvent>();
        var job = await scene.Server.UntilEndAsync(await scene.UpdateAsync(), events);
        Assert.Equal((JobState.Failure, JobErrorCodes.UpdateRecovered), (job.State, job.Error?.Code));
        Assert.Contains(events, told => told.Output?.Contains("That failed: The cache could not be cleared", StringComparison.Ordinal) == true);
        await scene.AssertServesAsync(scene.Bench, "15.50.0");
        Assert.Equal(before, await scene.TablesAsync());
    }

    [Fact]
    public async Task A_way_back_that_fails_for_good_is_fatal_and_can_be_tried_again_by_hand()
    {
        var scene = await UpdateScene.CreateAsync(fixture, "fatal");
        var before = await scene.TablesAsync();
        await scene.SetAsync("lab_fail_patch", "1");
        await scene.SetAsync("lab_fail_clear_cache", "5");
        var job = await scene.Server.UntilEndAsync(await scene.UpdateAsync());
        Assert.Equal((JobState.Failure, JobErrorCodes.UpdateFatal), (job.State, job.Error?.Code));
        Assert.Contains($"{scene.Database}_copy", job.Error!.Advice, StringComparison.Ordinal);
        Assert.Equal((true, 503, true), await scene.StateAsync(scene.Bench));

        // While it is so, nothing else can be begun.
        job = await scene.Server.UntilEndAsync(await scene.UpdateAsync());
        Assert.Equal(JobErrorCodes.RecoveryNeeded, job.Error?.Code);

        // The fifth failure is this one's, which changes nothing; then the cause is gone.
        job = await scene.Server.UntilEndAsync(await scene.RecoverAsync());
        Assert.Equal((JobState.Failure, JobErrorCodes.UpdateFatal), (job.State, job.Error?.Code));
        job = await scene.Server.UntilEndAsync(await scene.RecoverAsync());
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        await scene.AssertServesAsync(scene.Bench, "15.50.0");
        Assert.Equal(before, await scene.TablesAsync());
    }

    [Fact]
    public async Task An_update_that_is_cancelled_in_the_middle_is_taken_back()
    {
        var scene = await UpdateScene.CreateAsync(fixture, "cancelled-update");
        var before = await scene.TablesAsync();
        var id = await scene.UpdateAsync();
        await scene.Server.FollowAsync(id, job => UpdateScene.HasReached(job, "migrate"));
        await scene.Server.CancelAsync(id);
        var job = await scene.Server.UntilEndAsync(id);
        Assert.Equal((JobState.Cancelled, JobErrorCodes.UpdateRecovered), (job.State, job.Error?.Code));
        await scene.AssertServesAsync(scene.Bench, "15.50.0");
        Assert.Equal(before, await scene.TablesAsync());
        Assert.DoesNotContain("migrate", await Shell.RunAsync("docker", "top", $"{scene.Newer}-backend"), StringComparison.Ordinal);
    }
}
