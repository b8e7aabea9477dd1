using System.Text.Json;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Benches;

public sealed class BenchWorkActsTests
{
    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restart_names_its_services_to_the_Agent_and_in_the_activity()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());

        var job = await core.JobAsync((await core.Get<RestartBench>().RunAsync(core.Owner, bench.Id, [BenchService.QueueLong], Cancel)).Value);

        Assert.Equal(("restart-bench", "/benches/main/restart", """{"services":["queue-long"]}"""), (job.Type, job.Path, job.Request));
        Assert.Equal(BenchState.Active, (await core.BenchAsync(bench.Id)).State);
        await using var db = await core.DbAsync();
        Assert.Equal("Restarted queue-long of bench main", (await db.Activity.SingleAsync(Cancel)).Summary);
    }

    [Theory]
    [InlineData(255, 128, 64, null)]
    [InlineData(256, 127, 64, null)]
    [InlineData(256, 128, 63, null)]
    [InlineData(256, 128, 64, 0.0)]
    [InlineData(256, 128, 64, double.NaN)]
    [InlineData(int.MaxValue, 128, 64, 1.0)]
    public async Task Limits_that_break_the_rule_are_refused(int backend, int worker, int small, double? processors)
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());

        var refused = await core.Get<ChangeBenchLimits>().RunAsync(core.Owner, bench.Id, new BenchLimits(backend, worker, small, processors), Cancel);

        Assert.Equal(("limits-invalid", BenchLimits.Rule), (refused.Error?.Code, refused.Error?.Advice));
        await using var db = await core.DbAsync();
        Assert.Equal(0, await db.Jobs.CountAsync(Cancel));
    }

    [Fact]
    public async Task Limits_that_fit_become_a_job_that_can_be_tried_again()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());

        var limits = new BenchLimits(256, 128, 64, 0.5);
        var job = await core.JobAsync((await core.Get<ChangeBenchLimits>().RunAsync(core.Owner, bench.Id, limits, Cancel)).Value);

        Assert.Equal(limits, JsonSerializer.Deserialize(job.Request!, BenchWorkJson.Default.BenchLimits));
    }

    [Fact]
    public async Task A_bench_is_archived_when_its_job_says_so_and_its_name_is_free_then()
    {
        await using var core = await TestCore.StartAsync();
        var server = await core.AddServerAsync();
        var bench = await core.AddBenchAsync(server);

        var job = (await core.Get<ArchiveBench>().RunAsync(core.Owner, bench.Id, Cancel)).Value;
        Assert.Equal(BenchState.Archiving, (await core.BenchAsync(bench.Id)).State);
        Assert.Equal("bench-not-active", (await core.Get<RestartBench>().RunAsync(core.Owner, bench.Id, null, Cancel)).Error?.Code);
        Assert.Equal("bench-name-taken", (await core.Get<CreateBench>().RunAsync(core.Owner, server.Id, "main", core.Release.Id, Cancel)).Error?.Code);

        await EndAsync(core, job, JobState.Success, null);
        Assert.Equal(BenchState.Archived, (await core.BenchAsync(bench.Id)).State);
        Assert.True((await core.Get<CreateBench>().RunAsync(core.Owner, server.Id, "main", core.Release.Id, Cancel)).IsDone);
    }

    [Fact]
    public async Task A_bench_that_could_not_be_archived_runs_on_and_says_why()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        var job = (await core.Get<ArchiveBench>().RunAsync(core.Owner, bench.Id, Cancel)).Value;

        await EndAsync(core, job, JobState.Failure, new JobError(JobErrorCodes.EngineUnavailable, "The Docker engine does not answer.", null, null));

        var after = await core.BenchAsync(bench.Id);
        Assert.Equal((BenchState.Active, "It could not be archived: The Docker engine does not answer."), (after.State, after.StateReason));
        Assert.True((await core.Get<RetryJob>().RunAsync(core.Owner, job, Cancel)).IsDone);
        Assert.Equal(BenchState.Archiving, (await core.BenchAsync(bench.Id)).State);
    }

    [Fact]
    public async Task A_bench_with_sites_is_not_archived_and_they_are_listed()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        await core.AddSiteAsync(bench, "one.example.com");
        await core.AddSiteAsync(bench, "two.example.com", SiteState.Broken);

        var refused = await core.Get<ArchiveBench>().RunAsync(core.Owner, bench.Id, Cancel);

        Assert.Equal("bench-has-sites", refused.Error?.Code);
        Assert.Contains("2 sites: one.example.com, two.example.com.", refused.Error!.Message, StringComparison.Ordinal);
        Assert.Equal(BenchState.Active, (await core.BenchAsync(bench.Id)).State);
        await using var db = await core.DbAsync();
        Assert.Equal(0, await db.Jobs.CountAsync(Cancel));
    }

    private static Task<bool> EndAsync(TestCore core, Guid job, JobState state, JobError? error) =>
        core.Get<JobUpdates>().RunAsync(job, row => row.Apply(Snapshots.Of(job, JobTypes.Find(row.Type)!, state, error)), Cancel);
}
