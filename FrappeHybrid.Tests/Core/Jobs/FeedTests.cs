using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Jobs.Feed;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Jobs;

public sealed class FeedTests
{
    private static readonly Guid Epoch = Guid.CreateVersion7();

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_applied_is_not_applied_again()
    {
        await using var core = await TestCore.StartAsync();
        var (server, _, jobId) = await OrderedAsync(core);
        List<FeedEvent> events = [Changed(1, jobId, JobState.Pending), Output(2, jobId, "one\n"), Output(3, jobId, "two\n")];

        Assert.True(await ApplyAsync(core, server, events));
        Assert.True(await ApplyAsync(core, server, events));
        Assert.True(await ApplyAsync(core, server, [.. events, Output(4, jobId, "three\n")]));

        Assert.Equal("one\ntwo\nthree\n", await OutputAsync(core, jobId));
        Assert.Equal(4, (await core.ServerAsync(server.Id)).FeedNumber);
    }

    [Fact]
    public async Task Up_to_a_gap_everything_is_stored_and_nothing_after_it()
    {
        await using var core = await TestCore.StartAsync();
        var (server, _, jobId) = await OrderedAsync(core);

        var gap = await Assert.ThrowsAsync<FeedGapException>(() => ApplyAsync(core, server, [Output(1, jobId, "one"), Output(3, jobId, "three")]));

        Assert.Equal((2, 3), (gap.Expected, gap.Got));
        Assert.Equal("one", await OutputAsync(core, jobId));
        Assert.Equal(1, (await core.ServerAsync(server.Id)).FeedNumber);
    }

    [Fact]
    public async Task Another_epoch_is_not_applied()
    {
        await using var core = await TestCore.StartAsync();
        var (server, _, jobId) = await OrderedAsync(core);

        Assert.False(await core.Get<FeedApplier>().ApplyAsync(server.Id, Guid.CreateVersion7(), [Output(1, jobId, "x")], Cancel));
        Assert.Equal(0, (await core.ServerAsync(server.Id)).FeedNumber);
    }

    [Theory]
    [InlineData(JobState.Success, BenchState.Active, RunState.Success)]
    [InlineData(JobState.Failure, BenchState.Broken, RunState.Failure)]
    [InlineData(JobState.Cancelled, BenchState.Broken, RunState.Cancelled)]
    public async Task When_the_job_ends_the_bench_moves_with_it(JobState end, BenchState benchState, RunState jobState)
    {
        await using var core = await TestCore.StartAsync();
        var (server, benchId, jobId) = await OrderedAsync(core);

        await ApplyAsync(core, server, [Changed(1, jobId, JobState.Pending), Changed(2, jobId, JobState.Running), Changed(3, jobId, end)]);

        var job = await core.JobAsync(jobId);
        var bench = await core.BenchAsync(benchId);
        Assert.Equal((jobState, benchState), (job.State, bench.State));
        Assert.Equal(end is JobState.Success ? 18003 : null, bench.FrontendPort);
        Assert.Equal(end is JobState.Success, bench.StateReason is null);
        Assert.Null(job.SecretProtected);
    }

    [Fact]
    public async Task An_Agent_cannot_speak_for_another_servers_job()
    {
        await using var core = await TestCore.StartAsync();
        var (_, benchId, jobId) = await OrderedAsync(core);
        var (other, _, _) = await OrderedAsync(core, "other");

        Assert.True(await ApplyAsync(core, other, [Changed(1, jobId, JobState.Success), Output(2, jobId, "mine")]));

        Assert.Equal(RunState.Undelivered, (await core.JobAsync(jobId)).State);
        Assert.Equal(BenchState.Installing, (await core.BenchAsync(benchId)).State);
        Assert.Equal("", await OutputAsync(core, jobId));
    }

    [Fact]
    public async Task A_step_keeps_so_much_output_and_says_so_once()
    {
        await using var core = await TestCore.StartAsync();
        var (server, _, jobId) = await OrderedAsync(core);

        for (var number = 1; number <= 5; number++)
            await ApplyAsync(core, server, [Output(number, jobId, new string('x', 300_000))]);

        var text = await OutputAsync(core, jobId);
        Assert.InRange(text.Length, RunOutput.LimitPerStep, RunOutput.LimitPerStep + 200);
        Assert.Equal(2, text.Split("the rest is not shown").Length);
    }

    [Fact]
    public async Task A_broken_connection_loses_nothing_and_repeats_nothing()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var (benchId, jobId) = await core.OrderBenchAsync(server);
        await using var following = new Running(core.Get<FeedFollowers>().RunAsync);
        core.Agent.Tell(Snapshots.Of(jobId, JobTypes.NewBench, JobState.Running));

        for (var piece = 0; piece < 60; piece++)
        {
            core.Agent.TellOutput(jobId, "check", $"{piece},");
            if (piece % 20 == 10)
                core.Agent.Break();
        }

        core.Agent.Tell(Snapshots.Of(jobId, JobTypes.NewBench, JobState.Success));
        await core.UntilAsync(async () => (await core.BenchAsync(benchId)).State is BenchState.Active);

        Assert.Equal(string.Concat(Enumerable.Range(0, 60).Select(piece => $"{piece},")), await OutputAsync(core, jobId));
        await core.UntilAsync(async () => (await core.ServerAsync(server.Id)) is { FactsJson: not null, AgentVersion: "0.1.0", LastSeenAt: not null });
    }

    [Fact]
    public async Task A_new_store_of_the_Agent_loses_its_jobs_and_the_portal_says_so()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var (benchId, lost) = await core.OrderBenchAsync(server);
        await core.Get<JobDelivery>().NextAsync(server.Id, Cancel);
        await using var following = new Running(core.Get<FeedFollowers>().RunAsync);
        core.Agent.Tell(Snapshots.Of(lost, JobTypes.NewBench, JobState.Running));
        await core.UntilAsync(async () => (await core.JobAsync(lost)).State is RunState.Running);

        core.Agent.Reset();
        await core.UntilAsync(async () => (await core.JobAsync(lost)).State is RunState.Failure);

        Assert.Equal("agent-lost-job", (await core.JobAsync(lost)).ErrorCode);
        Assert.Equal(BenchState.Broken, (await core.BenchAsync(benchId)).State);
        var (_, next) = await core.OrderBenchAsync(server, "second");
        core.Agent.Tell(Snapshots.Of(next, JobTypes.NewBench, JobState.Running));
        await core.UntilAsync(async () => (await core.JobAsync(next)).State is RunState.Running);
        Assert.Equal((core.Agent.Epoch, 1), ((await core.ServerAsync(server.Id)).FeedEpoch, (await core.ServerAsync(server.Id)).FeedNumber));
    }

    [Fact]
    public async Task Events_that_the_Agent_no_longer_has_are_made_up_for_by_asking()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var (benchId, jobId) = await core.OrderBenchAsync(server);
        await core.Get<JobDelivery>().NextAsync(server.Id, Cancel);
        core.Agent.Tell(Snapshots.Of(jobId, JobTypes.NewBench, JobState.Running));
        core.Agent.Tell(Snapshots.Of(jobId, JobTypes.NewBench, JobState.Success));
        core.Agent.TellOutput(Guid.CreateVersion7(), "check", "of a job nobody knows");
        core.Agent.Forget(2);

        await using var following = new Running(core.Get<FeedFollowers>().RunAsync);

        await core.UntilAsync(async () => (await core.BenchAsync(benchId)).State is BenchState.Active);
        await core.UntilAsync(async () => (await core.ServerAsync(server.Id)).FeedNumber == 3);
    }

    [Fact]
    public async Task A_server_that_is_silent_for_a_minute_is_unreachable_with_the_reason_and_active_when_it_speaks_again()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        core.Agent.Before = (_, _) => throw new HttpRequestException(HttpRequestError.SecureConnectionError, "x", new System.Security.Authentication.AuthenticationException("x"));
        await using var following = new Running(core.Get<FeedFollowers>().RunAsync);
        var began = time.GetUtcNow();

        // The fake clock runs ahead of the real work, so that a time-out can come first; the reason is always that of the last try.
        await core.UntilAsync(async () => (await core.ServerAsync(server.Id)) is { State: ServerState.Unreachable, StateReason: "The Agent's certificate is not the one that was pinned." }, TimeSpan.FromSeconds(1));
        Assert.True(time.GetUtcNow() - began >= TimeSpan.FromSeconds(60));

        core.Agent.Before = null;
        await core.UntilAsync(async () => (await core.ServerAsync(server.Id)).State is ServerState.Active, TimeSpan.FromSeconds(1));
        Assert.Null((await core.ServerAsync(server.Id)).StateReason);
    }

    private static async Task<(Server Server, Guid BenchId, Guid JobId)> OrderedAsync(TestCore core, string address = "agent")
    {
        var server = await core.AddServerAsync(address);
        await using var db = await core.DbAsync();
        (await db.Servers.SingleAsync(each => each.Id == server.Id, Cancel)).FeedEpoch = Epoch;
        await db.SaveChangesAsync(Cancel);
        var (benchId, jobId) = await core.OrderBenchAsync(server);
        return (server, benchId, jobId);
    }

    private static Task<bool> ApplyAsync(TestCore core, Server server, IReadOnlyList<FeedEvent> events) => core.Get<FeedApplier>().ApplyAsync(server.Id, Epoch, events, Cancel);

    private static FeedEvent Changed(long number, Guid jobId, JobState state) =>
        new(number, FeedEventKind.JobChanged, DateTimeOffset.UnixEpoch, JobId: jobId, Job: Snapshots.Of(jobId, JobTypes.NewBench, state, state is JobState.Failure ? new JobError("disk-full", "The disk is full.", "Make room.", null) : null));

    private static FeedEvent Output(long number, Guid jobId, string text) => new(number, FeedEventKind.StepOutput, DateTimeOffset.UnixEpoch, JobId: jobId, Step: "check", Output: text);

    private static async Task<string> OutputAsync(TestCore core, Guid jobId) => string.Concat((await core.Get<RunOutputs>().AfterAsync(jobId, "check", 0, Cancel)).Select(row => row.Text));
}
