using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Provisioning;

public sealed class PlayRecorderTests : IAsyncLifetime
{
    private TestCore core = null!;
    private PortalDb db = null!;
    private PlayRecorder recorder = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        db = await core.DbAsync();
        var play = core.Get<PlayKinds>().Of(SetUpKind.Name).NewPlay(NewId.At(core.Time), await db.Servers.SingleAsync(each => each.Id == server.Id, Cancel), core.Time.GetUtcNow());
        db.Plays.Add(play);
        await db.SaveChangesAsync(Cancel);
        recorder = new PlayRecorder(db, play, await db.Servers.SingleAsync(each => each.Id == server.Id, Cancel), core.Time);
    }

    [Fact]
    public async Task A_task_that_went_well_has_its_result_output_and_times()
    {
        await TellAsync(new TaskEvent.Begun("ready"), new TaskEvent.Said("one"), new TaskEvent.Said("two"), new TaskEvent.Result(true, "All is well."), new TaskEvent.Ended("ready", 0));

        var task = Of("ready");
        Assert.Equal((StepState.Success, true, "All is well."), (task.State, task.Changed, task.Summary));
        Assert.True(task.StartedAt <= task.FinishedAt);
        Assert.Equal("one\ntwo\n", await OutputAsync("ready"));
    }

    [Fact]
    public async Task A_task_that_says_why_it_stopped_fails_with_its_own_words()
    {
        await TellAsync(new TaskEvent.Begun("user"), new TaskEvent.Refused("uid-taken", "It is taken.", "Move it."), new TaskEvent.Ended("user", 1));

        Assert.Equal(new Error("uid-taken", "It is taken.", "Move it."), recorder.Failure);
        Assert.Equal(StepState.Failure, Of("user").State);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(0)]
    public async Task A_task_without_a_result_has_failed_whatever_its_exit_code(int status)
    {
        await TellAsync(new TaskEvent.Begun("user"), new TaskEvent.Ended("user", status));

        Assert.Equal("task-failed", recorder.Failure?.Code);
    }

    [Fact]
    public async Task Told_again_a_finished_task_stays_as_it_was_and_an_interrupted_one_is_told_once()
    {
        await TellAsync(new TaskEvent.Begun("ready"), new TaskEvent.Said("one"), new TaskEvent.Result(true, "First."), new TaskEvent.Ended("ready", 0), new TaskEvent.Begun("packages"), new TaskEvent.Said("half"));
        recorder.ForgetInterrupted();

        await TellAsync(
            new TaskEvent.Begun("ready"),
            new TaskEvent.Said("one"),
            new TaskEvent.Result(false, "Again."),
            new TaskEvent.Ended("ready", 0),
            new TaskEvent.Begun("packages"),
            new TaskEvent.Said("half"),
            new TaskEvent.Said("whole"),
            new TaskEvent.Result(true, "Done."),
            new TaskEvent.Ended("packages", 0));

        Assert.Equal("First.", Of("ready").Summary);
        Assert.Equal("one\n", await OutputAsync("ready"));
        Assert.Equal("half\nwhole\n", await OutputAsync("packages"));
    }

    [Fact]
    public async Task Endless_output_is_kept_up_to_the_limit()
    {
        await TellAsync(new TaskEvent.Begun("packages"));
        for (var number = 0; number < 400; number++)
            await recorder.ApplyAsync(new TaskEvent.Said(new string('x', 4000)), Cancel);
        await recorder.SaveAsync(Cancel);

        var kept = await OutputAsync("packages");
        Assert.InRange(kept.Length, 900_000, RunOutput.LimitPerStep + 100);
        Assert.EndsWith("more output than is kept ---\n", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_fails_before_any_task_stands_at_the_first_with_what_ssh_said()
    {
        recorder.Fail(new Error("ssh-refused", "Nothing listens.", "Look.", "ssh: connect to host: Connection refused"));
        recorder.Fail(new Error("other", "Later."));
        await recorder.SaveAsync(Cancel);

        Assert.Equal(StepState.Failure, Of("ready").State);
        Assert.Equal(StepState.Pending, Of("packages").State);
        Assert.Equal("ssh: connect to host: Connection refused\n", await OutputAsync("ready"));
    }

    public async ValueTask DisposeAsync()
    {
        await db.DisposeAsync();
        await core.DisposeAsync();
    }

    private PlayTask Of(string key) => recorder.Play.Tasks.Single(task => string.Equals(task.Key, key, StringComparison.Ordinal));

    private async Task TellAsync(params TaskEvent[] events)
    {
        foreach (var happened in events)
            await recorder.ApplyAsync(happened, Cancel);
        await recorder.SaveAsync(Cancel);
    }

    private async Task<string> OutputAsync(string key)
    {
        await using var other = await core.DbAsync();
        return string.Concat((await other.RunOutputs.Where(output => output.RunId == recorder.Play.Id && output.StepKey == key).OrderBy(output => output.Id).ToListAsync(Cancel)).Select(output => output.Text));
    }
}
