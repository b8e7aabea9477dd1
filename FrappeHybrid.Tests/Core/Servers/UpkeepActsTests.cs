using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Servers;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Jobs.Feed;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Servers.Upkeep;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Servers;

/// <summary>What reboot, upgrade, clean-up, taking out and forgetting mean to the portal's rows.</summary>
public sealed class UpkeepActsTests
{
    private readonly FakeTime time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_a_server_reboots_jobs_wait_silence_is_no_alarm_and_no_second_play_begins()
    {
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        await core.OrderBenchAsync(server);
        await GiveProgramAsync(core);

        var play = await core.Get<RebootServer>().RunAsync(core.Owner, server.Id, Cancel);

        Assert.True(play.IsDone, play.Error?.Message);
        Assert.Equal(ServerState.Maintenance, (await core.ServerAsync(server.Id)).State);
        Assert.Null(await core.Get<JobDelivery>().NextAsync(server.Id, Cancel));
        Assert.Empty(core.Agent.Submissions);
        await core.Get<ServerPresence>().GoneAsync(server.Id, new Error("agent-unreachable", "Silent."), Cancel);
        Assert.Equal(ServerState.Maintenance, (await core.ServerAsync(server.Id)).State);
        Assert.NotNull(await core.Get<ServerPresence>().FindAsync(server.Id, Cancel));
        Assert.Equal("server-busy", (await core.Get<UpgradeAgent>().RunAsync(core.Owner, server.Id, Cancel)).Error?.Code ?? "done");
    }

    [Fact]
    public async Task A_clean_up_orders_exactly_the_plan_that_was_seen()
    {
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync();
        var digest = new string('a', 64);

        var job = await core.Get<CleanUpServer>().RunAsync(core.Owner, server.Id, digest, 90, 30, Cancel);

        Assert.True(job.IsDone, job.Error?.Message);
        Assert.Equal(TimeSpan.Zero, await core.Get<JobDelivery>().NextAsync(server.Id, Cancel));
        var (_, path, body) = Assert.Single(core.Agent.Submissions);
        Assert.Equal((UpkeepRoutes.CleanUp, $$"""{"digest":"{{digest}}","archivedDays":90,"jobDays":30}"""), (path, body));
        Assert.Equal(ServerJobTypes.CleanUp.Key, (await core.JobAsync(job.Value)).Type);
    }

    [Fact]
    public async Task A_forgotten_server_takes_its_benches_sites_and_jobs_with_it_in_one_save()
    {
        await using var core = await TestCore.StartAsync(time);
        var server = await core.AddServerAsync(state: ServerState.Unreachable);
        var other = await core.AddServerAsync("other-agent");
        var bench = await core.AddBenchAsync(server);
        var site = await core.AddSiteAsync(bench);
        var kept = await core.AddBenchAsync(other, "kept");
        Assert.Equal("name-differs", (await core.Get<ForgetServer>().RunAsync(core.Owner, server.Id, "another", Cancel)).Error?.Code);
        Assert.Equal("server-reachable", (await core.Get<ForgetServer>().RunAsync(core.Owner, other.Id, other.Name, Cancel)).Error?.Code);

        var done = await core.Get<ForgetServer>().RunAsync(core.Owner, server.Id, server.Name, Cancel);

        Assert.True(done.IsDone, done.Error?.Message);
        await using var db = await core.DbAsync();
        Assert.Equal(ServerState.Archived, (await core.ServerAsync(server.Id)).State);
        Assert.Equal(BenchState.Archived, (await core.BenchAsync(bench.Id)).State);
        Assert.Equal(SiteState.Archived, await db.Sites.Where(each => each.Id == site.Id).Select(each => each.State).SingleAsync(Cancel));
        Assert.Equal(BenchState.Active, (await core.BenchAsync(kept.Id)).State);
        Assert.Null(await core.Get<ServerPresence>().FindAsync(server.Id, Cancel));
    }

    [Fact]
    public async Task Upgrading_all_Agents_stops_at_the_first_that_fails()
    {
        await using var core = await TestCore.StartAsync(time);
        await GiveProgramAsync(core);
        foreach (var name in (string[])["a", "b", "c"])
        {
            core.Agents[name] = new FakeAgent();
            await core.AddServerAsync(name);
        }

        var operators = TestCore.StaffOf(StaffRole.Operator);
        Assert.Equal("not-found", (await core.Get<UpgradeAllAgents>().RunAsync(core.Owner, Cancel)).Error?.Code);

        var count = await core.Get<UpgradeAllAgents>().RunAsync(operators, Cancel);

        Assert.True(count.IsDone, count.Error?.Message);
        Assert.Equal(3, count.Value);

        // There is nobody behind these addresses: the first play fails at once, and that ends all of them.
        for (var round = 0; round < 3; round++)
            await core.Get<PlayRunner>().RunDueAsync(Cancel);
        await using var db = await core.DbAsync();
        var plays = await db.Plays.AsNoTracking().Join(db.Servers, play => play.ServerId, server => server.Id, (play, server) => new { server.Address, play.State, play.ErrorCode }).OrderBy(play => play.Address).ToListAsync(Cancel);
        Assert.Equal(["a Failure", "b Cancelled", "c Cancelled"], plays.Select(play => $"{play.Address} {play.State}"));
        Assert.Equal("play-before-failed", plays[1].ErrorCode);
        Assert.All(await db.Servers.AsNoTracking().ToListAsync(Cancel), server => Assert.Equal(ServerState.Active, server.State));
    }

    // What is published beside a portal.
    private static Task GiveProgramAsync(TestCore core)
    {
        var options = core.Get<FrappeHybrid.Core.CoreOptions>();
        options.AgentProgram = Path.Combine(core.Folder, "agent");
        return File.WriteAllTextAsync(options.AgentProgramPath, "program", Cancel);
    }
}
