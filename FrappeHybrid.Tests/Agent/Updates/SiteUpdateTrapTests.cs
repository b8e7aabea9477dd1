using System.Diagnostics;
using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Updates;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Updates;

/// <summary>What the real bench does wrong when a site is migrated, and what happens here instead.</summary>
[Collection(SecondAgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class SiteUpdateTrapTests(AgentServerFixture fixture)
{
    [Fact]
    public async Task Traps_1_9_16_and_19_a_new_sites_apps_are_known_progress_is_no_output_two_migrates_queue_and_maintenance_ends()
    {
        var scene = await UpdateScene.CreateAsync(fixture, "migrates");
        Assert.DoesNotContain("erpnext", await AgentServer.BenchCommandAsync(scene.Bench, "--site", scene.Site.Value, "list-apps", "-f", "json"), StringComparison.Ordinal);

        var events = new List<FeedEvent>();
        var one = await scene.MigrateAsync(scene.Bench);
        var two = await scene.MigrateAsync(scene.Bench);
        var first = await scene.Server.UntilEndAsync(one);
        var second = await scene.Server.UntilEndAsync(two, events);
        Assert.True((first.State, second.State) == (JobState.Success, JobState.Success), $"{first.Error} {second.Error}");
        Assert.True(second.StartedAt >= first.FinishedAt, "They ran at the same time.");
        Assert.Contains(events, told => told.Job is { QueuePosition: 1 } job && job.Id == two);
        Assert.DoesNotContain(events, told => told.Output?.Contains("Updating DocTypes", StringComparison.Ordinal) == true);

        var result = first.Result!.Value.Deserialize(UpdateJson.Default.UpdateSiteResult)!;
        Assert.Equal(["frappe 15.50.0", "erpnext 15.50.0"], result.Apps.Select(app => $"{app.App} {app.Version}"));
        await scene.AssertServesAsync(scene.Bench, "15.50.0");
    }

    [Fact]
    public async Task Trap_4_an_open_transaction_does_not_block_an_update()
    {
        var scene = await UpdateScene.CreateAsync(fixture, "blocked");
        var config = await File.ReadAllTextAsync(Path.Combine(new BenchFolder(scene.Server.Paths, scene.Bench).SiteFolder(scene.Site), "site_config.json"), TestContext.Current.CancellationToken);
        using var parsed = JsonDocument.Parse(config);
        var password = parsed.RootElement.GetProperty("db_password").GetString()!;

        // As a worker that hangs: it has changed a table that the first patch alters, and says no more.
        var start = new ProcessStartInfo("docker", ["exec", "-i", "-e", $"MYSQL_PWD={password}", $"{scene.Server.Prefix}-mariadb", "mariadb", $"-u{scene.Database}", "--unbuffered", "-N", scene.Database])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var hanging = Process.Start(start)!;
        await hanging.StandardInput.WriteLineAsync("BEGIN; UPDATE tabUser SET first_name = 'x'; SELECT 'holds';".AsMemory(), TestContext.Current.CancellationToken);
        await hanging.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal("holds", await hanging.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        var job = await scene.Server.UntilEndAsync(await scene.UpdateAsync());
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        await hanging.StandardInput.WriteLineAsync("COMMIT;".AsMemory(), TestContext.Current.CancellationToken);
        hanging.StandardInput.Close();
        await hanging.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, hanging.ExitCode);
        await scene.AssertServesAsync(scene.Newer, "15.51.0");
    }

    [Fact]
    public async Task A_migrate_without_redis_queue_is_refused_before_anybody_is_disturbed()
    {
        var scene = await UpdateScene.CreateAsync(fixture, "no-queue");
        await Shell.RunAsync("docker", "stop", "-t", "1", $"{scene.Bench}-redis-queue");
        try
        {
            var job = await scene.Server.UntilEndAsync(await scene.MigrateAsync(scene.Bench));
            Assert.Equal((JobState.Failure, JobErrorCodes.ServiceStopped), (job.State, job.Error?.Code));
            Assert.Equal(StepState.Failure, job.Steps[0].State);
            Assert.Contains("redis-queue", job.Error!.Message, StringComparison.Ordinal);
            Assert.Equal((true, 200, false), await scene.StateAsync(scene.Bench));
        }
        finally
        {
            await Shell.RunAsync("docker", "start", $"{scene.Bench}-redis-queue");
            await Shell.RunAsync("docker", "restart", "-t", "1", $"{scene.Bench}-queue-short", $"{scene.Bench}-queue-long", $"{scene.Bench}-websocket");
        }
    }

    [Fact]
    public async Task Running_jobs_are_waited_for_while_visitors_read_and_a_site_whose_jobs_do_not_end_is_left_as_it_was()
    {
        var scene = await UpdateScene.CreateAsync(fixture, "busy");
        await EnqueueAsync(scene, "soon", until: "go on");
        var id = await scene.UpdateAsync();
        await scene.Server.FollowAsync(id, IsOver, until: told => told.JobId == id && told is { Step: "wait-for-jobs", Output: not null });
        Assert.Equal((true, 200, true), await scene.StateAsync(scene.Bench));
        await scene.WriteNoteAsync("go on");
        var job = await scene.Server.UntilEndAsync(id);
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        Assert.StartsWith("ended after", job.Steps.Single(step => step.Key == "wait-for-jobs").Summary, StringComparison.Ordinal);
        Assert.True(await scene.HasNoteAsync("soon"));

        scene = await UpdateScene.CreateAsync(fixture, "too-busy");
        await EnqueueAsync(scene, "late", until: "go on");
        job = await scene.Server.UntilEndAsync(await scene.UpdateAsync());
        Assert.Equal((JobState.Failure, JobErrorCodes.BackgroundJobsRunning), (job.State, job.Error?.Code));
        await scene.AssertServesAsync(scene.Bench, "15.50.0");
        await scene.WriteNoteAsync("go on");
        await scene.Server.UntilAsync(() => scene.HasNoteAsync("late"));
    }

    [Fact]
    public async Task A_site_whose_owner_had_turned_maintenance_on_stays_in_maintenance()
    {
        var scene = await UpdateScene.CreateAsync(fixture, "closed");
        await AgentServer.BenchCommandAsync(scene.Bench, "--site", scene.Site.Value, "set-maintenance-mode", "on");
        var job = await scene.Server.UntilEndAsync(await scene.UpdateAsync());
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        Assert.Equal((true, 503, true), await scene.StateAsync(scene.Newer));
        await AgentServer.BenchCommandAsync(scene.Newer, "--site", scene.Site.Value, "set-maintenance-mode", "off");
        await scene.AssertServesAsync(scene.Newer, "15.51.0");
    }

    private static bool IsOver(JobSnapshot job) => job.State is JobState.Success or JobState.Failure;

    private static Task<string> EnqueueAsync(UpdateScene scene, string title, string until) => AgentServer.BenchCommandAsync(
        scene.Bench, "--site", scene.Site.Value, "execute", "frappe.lab.enqueue_note", "--kwargs", $"{{'title': '{title}', 'seconds': '300', 'until': '{until}'}}");
}
