using System.Net;
using System.Net.Sockets;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Jobs;

public sealed class DeliveryTests
{
    private static readonly HttpRequestException Refused = new(HttpRequestError.ConnectionError, "refused", new SocketException((int)SocketError.ConnectionRefused));

    private readonly FakeTime time = new();

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_goes_out_with_its_id_as_key_and_the_request_is_forgotten()
    {
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        var (_, jobId) = await core.OrderBenchAsync(server);

        Assert.Equal(TimeSpan.Zero, await NextAsync(core, server.Id));

        var (key, path, body) = Assert.Single(core.Agent.Submissions);
        Assert.Equal((jobId, "/benches"), (key, path));
        Assert.Contains("\"image\":\"frappe/erpnext:v15.50.0\"", body, StringComparison.Ordinal);
        var job = await core.JobAsync(jobId);
        Assert.Equal((RunState.Pending, null), (job.State, job.SecretProtected));
        Assert.Null(await NextAsync(core, server.Id));
    }

    [Fact]
    public async Task A_server_that_refuses_is_tried_again_after_doubling_waits_and_its_other_jobs_wait_too()
    {
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        var (_, first) = await core.OrderBenchAsync(server);
        time.Advance(TimeSpan.FromMilliseconds(5));
        var (_, second) = await core.OrderBenchAsync(server, "second");
        core.Agent.Before = (_, _) => throw Refused;

        double[] expected = [2, 4, 8, 16, 32, 60, 60];
        foreach (var seconds in expected)
        {
            Assert.Equal(TimeSpan.Zero, await NextAsync(core, server.Id));
            var wait = await NextAsync(core, server.Id);
            Assert.InRange(wait!.Value.TotalSeconds, seconds * 0.79, seconds * 1.21);
            time.Advance(wait.Value);
        }

        var job = await core.JobAsync(first);
        Assert.Equal((expected.Length, false), (job.DeliveryAttempts, job.MayBeDelivered));
        Assert.Contains("refused the connection", job.ToView().Note, StringComparison.Ordinal);
        Assert.Null(job.ToView().Error);
        Assert.Equal(0, (await core.JobAsync(second)).DeliveryAttempts);
    }

    [Fact]
    public async Task An_answer_that_was_lost_makes_no_second_job()
    {
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        var (_, jobId) = await core.OrderBenchAsync(server);
        core.Agent.AfterStore = () => throw new HttpRequestException(HttpRequestError.ResponseEnded, "gone");
        await NextAsync(core, server.Id);
        Assert.True((await core.JobAsync(jobId)).MayBeDelivered);

        core.Agent.AfterStore = null;
        time.Advance(TimeSpan.FromSeconds(3));
        await NextAsync(core, server.Id);

        Assert.Equal(2, core.Agent.Submissions.Count);
        Assert.Single(core.Agent.Jobs);
        Assert.Equal(RunState.Pending, (await core.JobAsync(jobId)).State);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, RunState.DeliveryFailure)]
    [InlineData(HttpStatusCode.Conflict, RunState.DeliveryFailure)]
    [InlineData(HttpStatusCode.NotFound, RunState.DeliveryFailure)]
    [InlineData(HttpStatusCode.TooManyRequests, RunState.Undelivered)]
    [InlineData(HttpStatusCode.ServiceUnavailable, RunState.Undelivered)]
    public async Task A_refusal_for_good_ends_the_job_and_the_bench_says_why(HttpStatusCode status, RunState expected)
    {
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        var (benchId, jobId) = await core.OrderBenchAsync(server);
        core.Agent.Before = (_, _) => Task.FromResult<HttpResponseMessage?>(FakeAgent.Problem(status, "some-code", "It is not possible."));

        await NextAsync(core, server.Id);

        var job = await core.JobAsync(jobId);
        Assert.Equal((expected, "some-code"), (job.State, job.ErrorCode));
        var bench = await core.BenchAsync(benchId);
        Assert.Equal(expected is RunState.DeliveryFailure ? (BenchState.Broken, "It is not possible.") : (BenchState.Installing, null), (bench.State, bench.StateReason));
    }

    [Fact]
    public async Task An_Agent_that_takes_nothing_for_a_day_is_given_up()
    {
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        var (benchId, jobId) = await core.OrderBenchAsync(server);
        core.Agent.Before = (_, _) => throw Refused;
        await NextAsync(core, server.Id);

        time.Advance(TimeSpan.FromHours(25));
        await NextAsync(core, server.Id);

        var job = await core.JobAsync(jobId);
        Assert.Equal((RunState.DeliveryFailure, "delivery-given-up", null), (job.State, job.ErrorCode, job.SecretProtected));
        Assert.Equal(BenchState.Broken, (await core.BenchAsync(benchId)).State);
        Assert.True((await core.Get<RetryJob>().RunAsync(core.Owner, jobId, Cancel)).IsDone);
    }

    [Fact]
    public async Task A_job_given_up_after_an_uncertain_try_is_voided_once_the_Agent_is_back()
    {
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        var (_, jobId) = await core.OrderBenchAsync(server);
        core.Agent.Before = (_, _) => throw new IOException("reset");
        await NextAsync(core, server.Id);
        time.Advance(TimeSpan.FromHours(25));
        await NextAsync(core, server.Id);
        Assert.Equal(RunState.DeliveryFailure, (await core.JobAsync(jobId)).State);

        // Still away: it is tried again and again, at its pace.
        Assert.Equal(TimeSpan.Zero, await NextAsync(core, server.Id));
        var wait = await NextAsync(core, server.Id);
        Assert.InRange(wait!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(61));
        Assert.Empty(core.Agent.Voids);

        core.Agent.Before = null;
        time.Advance(wait.Value);
        Assert.Equal(TimeSpan.Zero, await NextAsync(core, server.Id));
        Assert.Equal([jobId], core.Agent.Voids);
        Assert.Null(await NextAsync(core, server.Id));
        Assert.Empty(core.Agent.Submissions);
    }

    [Fact]
    public async Task A_job_given_up_that_surely_never_arrived_needs_no_void()
    {
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        await core.OrderBenchAsync(server);
        core.Agent.Before = (_, _) => throw Refused;
        await NextAsync(core, server.Id);
        time.Advance(TimeSpan.FromHours(25));
        await NextAsync(core, server.Id);
        Assert.Null(await NextAsync(core, server.Id));
    }

    [Fact]
    public async Task A_job_that_never_left_is_cancelled_here()
    {
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        var (benchId, jobId) = await core.OrderBenchAsync(server);
        core.Agent.Before = (_, _) => throw Refused;
        await NextAsync(core, server.Id);

        Assert.True((await core.Get<CancelJob>().RunAsync(core.Owner, jobId, Cancel)).IsDone);

        Assert.Equal(RunState.Cancelled, (await core.JobAsync(jobId)).State);
        Assert.Equal(BenchState.Broken, (await core.BenchAsync(benchId)).State);
        Assert.Null(await NextAsync(core, server.Id));
        Assert.Equal("job-ended", (await core.Get<CancelJob>().RunAsync(core.Owner, jobId, Cancel)).Error?.Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_job_that_may_have_arrived_is_cancelled_by_asking_the_Agent(bool arrived)
    {
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        var (_, jobId) = await core.OrderBenchAsync(server);
        if (arrived)
            core.Agent.AfterStore = () => throw new IOException("reset");
        else
            core.Agent.Before = (_, _) => throw new IOException("reset");
        await NextAsync(core, server.Id);
        core.Agent.Before = null;

        await core.Get<CancelJob>().RunAsync(core.Owner, jobId, Cancel);
        Assert.Equal(RunState.Undelivered, (await core.JobAsync(jobId)).State);
        while (await NextAsync(core, server.Id) is not null)
        {
        }

        Assert.Equal(arrived ? RunState.Pending : RunState.Cancelled, (await core.JobAsync(jobId)).State);
        Assert.Equal(arrived ? [jobId] : [], core.Agent.Cancels);
        Assert.Equal(arrived ? 1 : 0, core.Agent.Submissions.Count);
    }

    [Fact]
    public async Task A_cancel_is_repeated_until_the_Agent_has_it_and_then_not_again()
    {
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        var (_, jobId) = await core.OrderBenchAsync(server);
        await NextAsync(core, server.Id);
        core.Agent.Before = (_, _) => throw Refused;
        await core.Get<CancelJob>().RunAsync(core.Owner, jobId, Cancel);
        await NextAsync(core, server.Id);
        Assert.True(await NextAsync(core, server.Id) > TimeSpan.Zero);

        core.Agent.Before = null;
        time.Advance(TimeSpan.FromMinutes(1));
        await NextAsync(core, server.Id);

        Assert.Single(core.Agent.Cancels);
        Assert.Null(await NextAsync(core, server.Id));
    }

    [Fact]
    public async Task A_dead_server_delays_nobody_else()
    {
        await using var core = await TestCore.StartAsync();
        core.Agents["dead"] = new FakeAgent { Before = async (_, stop) => { await Task.Delay(Timeout.Infinite, stop); return null; } };
        var dead = await core.AddServerAsync("dead");
        var alive = await core.AddServerAsync();
        await core.OrderBenchAsync(dead);
        var (_, jobId) = await core.OrderBenchAsync(alive);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var dispatching = core.Get<JobDispatcher>().RunAsync(stop.Token);

        await core.UntilAsync(async () => (await core.JobAsync(jobId)).State is RunState.Pending);
        var (_, later) = await core.OrderBenchAsync(alive, "later");
        await core.UntilAsync(async () => (await core.JobAsync(later)).State is RunState.Pending);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => dispatching);
    }

    [Fact]
    public async Task The_feed_may_be_quicker_than_the_answer()
    {
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        var (benchId, jobId) = await core.OrderBenchAsync(server);
        core.Agent.AfterStore = async () =>
        {
            await using var db = await core.DbAsync();
            var job = await db.Jobs.Include(each => each.Steps).SingleAsync(each => each.Id == jobId, Cancel);
            job.Apply(Snapshots.Of(jobId, JobTypes.NewBench, JobState.Success));
            (await db.Benches.SingleAsync(each => each.Id == benchId, Cancel)).Settle(job);
            await db.SaveChangesAsync(Cancel);
        };

        await NextAsync(core, server.Id);

        Assert.Equal(RunState.Success, (await core.JobAsync(jobId)).State);
        Assert.Equal((BenchState.Active, 18003), ((await core.BenchAsync(benchId)).State, (await core.BenchAsync(benchId)).FrontendPort));
    }

    private static Task<TimeSpan?> NextAsync(TestCore core, Guid serverId) => core.Get<JobDelivery>().NextAsync(serverId, Cancel);
}
