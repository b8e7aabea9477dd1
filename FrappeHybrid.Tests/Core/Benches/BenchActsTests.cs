using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Benches;

public sealed class BenchActsTests
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public static TheoryData<string> HostileNames => ["", "a", "a/../b", "x;rm", "-a", "a-", "A", "main ", "main\n", "ünïcode", "a\0b", new string('a', 300), "$(reboot)", "..", "１２"];

    [Fact]
    public async Task A_new_bench_is_written_with_its_job_and_all_that_is_coming()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();

        var (benchId, jobId) = await core.OrderBenchAsync(server);

        Assert.Equal(BenchState.Installing, (await core.BenchAsync(benchId)).State);
        var job = await core.JobAsync(jobId);
        Assert.Equal((RunState.Undelivered, "new-bench", "main", "/benches"), (job.State, job.Type, job.Subject, job.Path));
        Assert.Equal(JobTypes.NewBench.Steps.Select(step => step.Key), job.Steps.OrderBy(step => step.Number).Select(step => step.Key));
        await using var db = await core.DbAsync();
        Assert.Equal("create-bench", (await db.Activity.SingleAsync(Cancel)).Act);
    }

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task A_name_that_is_none_is_refused_and_nothing_is_written(string name)
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();

        var result = await core.Get<CreateBench>().RunAsync(core.Owner, server.Id, name, core.Release.Id, Cancel);

        Assert.Equal("bench-name-invalid", result.Error?.Code);
        await using var db = await core.DbAsync();
        Assert.Equal((0, 0, 0), (await db.Benches.CountAsync(Cancel), await db.Jobs.CountAsync(Cancel), await db.Activity.CountAsync(Cancel)));
    }

    [Fact]
    public async Task Of_many_who_take_a_name_at_once_one_gets_it()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(() => core.Get<CreateBench>().RunAsync(core.Owner, server.Id, "main", core.Release.Id, Cancel))));

        Assert.Single(results, result => result.IsDone);
        Assert.All(results.Where(result => !result.IsDone), result => Assert.Equal("bench-name-taken", result.Error!.Code));
        await using var db = await core.DbAsync();
        Assert.Equal((1, 1), (await db.Benches.CountAsync(Cancel), await db.Jobs.CountAsync(Cancel)));
    }

    [Fact]
    public async Task The_same_name_is_free_on_another_server_and_after_giving_up()
    {
        await using var core = await TestCore.StartAsync();
        var first = await core.AddServerAsync();
        var second = await core.AddServerAsync("other");
        var broken = await core.AddBenchAsync(first, "main", BenchState.Broken);

        Assert.True((await core.Get<CreateBench>().RunAsync(core.Owner, second.Id, "main", core.Release.Id, Cancel)).IsDone);
        Assert.Equal("bench-name-taken", (await core.Get<CreateBench>().RunAsync(core.Owner, first.Id, "main", core.Release.Id, Cancel)).Error?.Code);
        Assert.True((await core.Get<GiveUpBench>().RunAsync(core.Owner, broken.Id, Cancel)).IsDone);
        Assert.True((await core.Get<CreateBench>().RunAsync(core.Owner, first.Id, "main", core.Release.Id, Cancel)).IsDone);
    }

    [Theory]
    [InlineData(ServerState.Draft)]
    [InlineData(ServerState.Installing)]
    [InlineData(ServerState.Broken)]
    [InlineData(ServerState.Unreachable)]
    [InlineData(ServerState.Archived)]
    public async Task Only_an_active_server_takes_a_bench(ServerState state)
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync(state: state);

        Assert.Equal("server-not-active", (await core.Get<CreateBench>().RunAsync(core.Owner, server.Id, "main", core.Release.Id, Cancel)).Error?.Code);
        Assert.Equal("release-not-offered", (await core.Get<CreateBench>().RunAsync(core.Owner, (await core.AddServerAsync()).Id, "main", Guid.CreateVersion7(), Cancel)).Error?.Code);
    }

    [Fact]
    public async Task Two_retries_at_once_make_one_job()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync(), state: BenchState.Broken);

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => core.Get<RetryBench>().RunAsync(core.Owner, bench.Id, Cancel))));

        Assert.Single(results, result => result.IsDone);
        Assert.Equal(BenchState.Installing, (await core.BenchAsync(bench.Id)).State);
        await using var db = await core.DbAsync();
        Assert.Equal(1, await db.Jobs.CountAsync(Cancel));
        Assert.Equal("bench-not-broken", (await core.Get<GiveUpBench>().RunAsync(core.Owner, bench.Id, Cancel)).Error?.Code);
    }

    [Fact]
    public async Task A_bench_can_be_asked_how_it_is_and_a_dead_Agent_is_a_sentence()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());

        Assert.Equal("main", (await core.Get<BenchStatus>().GetAsync(core.Owner, bench.Id, Cancel)).Value.Name.Value);

        core.Agent.Before = (_, _) => throw new HttpRequestException(HttpRequestError.SecureConnectionError, "no", new System.Security.Authentication.AuthenticationException("no"));
        var error = (await core.Get<BenchStatus>().GetAsync(core.Owner, bench.Id, Cancel)).Error;
        Assert.Equal("The Agent's certificate is not the one that was pinned.", error?.Message);
        Assert.Equal("not-found", (await core.Get<BenchStatus>().GetAsync(TestCore.ActorOf(Guid.CreateVersion7(), FrappeHybrid.Core.Teams.TeamRole.Owner), bench.Id, Cancel)).Error?.Code);
    }
}
