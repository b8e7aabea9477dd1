using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Updates;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Tests.Core.Support;
using System.Text.Json;
using Xunit;

namespace FrappeHybrid.Tests.Core.Updates;

public sealed class SiteUpdateActsTests
{
    private static CancellationToken Cancel => TestCore.Cancel;

    [Fact]
    public async Task A_site_is_in_its_new_bench_when_the_job_has_succeeded_and_not_before()
    {
        await using var scene = await UpdateCore.StartAsync();
        var site = await scene.Core.AddSiteAsync(scene.Old);

        var job = await scene.UpdateAsync(site);
        Assert.True(job.IsDone, job.Error?.Message);
        var now = await scene.SiteAsync(site.Id);
        Assert.Equal((SiteState.Working, scene.Old.Id, "Updating to 15.51.0 in next"), (now.State, now.BenchId, now.StateReason));
        Assert.Equal("/benches/main/sites/shop.example.com/update", (await scene.Core.JobAsync(job.Value)).Path);
        Assert.Equal("site-busy", (await scene.UpdateAsync(site)).Error?.Code);

        await scene.EndAsync(job.Value, JobState.Success);
        now = await scene.SiteAsync(site.Id);
        Assert.Equal((SiteState.Active, scene.New.Id), (now.State, now.BenchId));

        // Told again, and while another job is at work.
        var migrate = await scene.Core.Get<MigrateSite>().RunAsync(scene.Core.Owner, site.Id, false, Cancel);
        await scene.EndAsync(job.Value, JobState.Success);
        Assert.Equal(SiteState.Working, (await scene.SiteAsync(site.Id)).State);
        await scene.EndAsync(migrate.Value, JobState.Success);
        Assert.Equal((SiteState.Active, scene.New.Id), ((await scene.SiteAsync(site.Id)).State, (await scene.SiteAsync(site.Id)).BenchId));
    }

    [Theory]
    [InlineData(JobState.Failure, JobErrorCodes.UpdateRecovered, SiteState.Recovered)]
    [InlineData(JobState.Failure, JobErrorCodes.UpdateFatal, SiteState.Fatal)]
    [InlineData(JobState.Failure, JobErrorCodes.BackgroundJobsRunning, SiteState.Active)]
    [InlineData(JobState.Failure, "agent-lost-job", SiteState.Fatal)]
    [InlineData(JobState.Cancelled, JobErrorCodes.UpdateRecovered, SiteState.Active)]
    public async Task What_became_of_the_site_is_what_the_Agent_says(JobState state, string code, SiteState wanted)
    {
        await using var scene = await UpdateCore.StartAsync();
        var site = await scene.Core.AddSiteAsync(scene.Old);
        var job = await scene.UpdateAsync(site);
        await scene.EndAsync(job.Value, state, code);
        var now = await scene.SiteAsync(site.Id);
        Assert.Equal((wanted, scene.Old.Id), (now.State, now.BenchId));
        Assert.Equal(wanted is SiteState.Active, now.StateReason is null);
    }

    [Fact]
    public async Task After_a_way_back_one_tries_again_skips_the_patch_or_stays()
    {
        await using var scene = await UpdateCore.StartAsync();
        var site = await scene.Core.AddSiteAsync(scene.Old);
        Assert.Equal("nothing-to-retry", (await scene.Core.Get<RetryUpdate>().RunAsync(scene.Core.Owner, site.Id, false, Cancel)).Error?.Code);
        Assert.Equal("site-not-recovered", (await scene.Core.Get<StayOnVersion>().RunAsync(scene.Core.Owner, site.Id, Cancel)).Error?.Code);

        await scene.EndAsync((await scene.UpdateAsync(site)).Value, JobState.Failure, JobErrorCodes.UpdateRecovered);
        var again = await scene.Core.Get<RetryUpdate>().RunAsync(scene.Core.Owner, site.Id, true, Cancel);
        var request = JsonSerializer.Deserialize((await scene.Core.JobAsync(again.Value)).Request!, UpdateJson.Default.UpdateSiteRequest)!;
        Assert.Equal((scene.New.Name, true), (request.TargetBench, request.SkipFailingPatches));

        await scene.EndAsync(again.Value, JobState.Failure, JobErrorCodes.UpdateRecovered);
        Assert.True((await scene.Core.Get<StayOnVersion>().RunAsync(scene.Core.Owner, site.Id, Cancel)).IsDone);
        Assert.Equal((SiteState.Active, null), ((await scene.SiteAsync(site.Id)).State, (await scene.SiteAsync(site.Id)).StateReason));
    }

    [Fact]
    public async Task A_fatal_site_is_recovered_by_hand()
    {
        await using var scene = await UpdateCore.StartAsync();
        var site = await scene.Core.AddSiteAsync(scene.Old);
        Assert.Equal("site-not-fatal", (await scene.Core.Get<RecoverSite>().RunAsync(scene.Core.Owner, site.Id, Cancel)).Error?.Code);
        await scene.EndAsync((await scene.UpdateAsync(site)).Value, JobState.Failure, JobErrorCodes.UpdateFatal);
        Assert.Equal("site-not-active", (await scene.UpdateAsync(site)).Error?.Code);

        var recover = await scene.Core.Get<RecoverSite>().RunAsync(scene.Core.Owner, site.Id, Cancel);
        await scene.EndAsync(recover.Value, JobState.Failure, JobErrorCodes.EngineUnavailable);
        Assert.Equal(SiteState.Fatal, (await scene.SiteAsync(site.Id)).State);
        recover = await scene.Core.Get<RecoverSite>().RunAsync(scene.Core.Owner, site.Id, Cancel);
        await scene.EndAsync(recover.Value, JobState.Success);
        Assert.Equal((SiteState.Active, scene.Old.Id), ((await scene.SiteAsync(site.Id)).State, (await scene.SiteAsync(site.Id)).BenchId));
    }

    [Fact]
    public async Task Only_newer_benches_of_the_server_with_all_apps_are_offered_and_taken()
    {
        await using var scene = await UpdateCore.StartAsync();
        var site = await scene.Core.AddSiteAsync(scene.Old);
        var elsewhere = await scene.AddBenchAsync((await scene.Core.AddServerAsync("other")).Id, "far", "15.60.0");
        var older = await scene.AddBenchAsync(scene.Old.ServerId, "older", "15.9.0");

        var offer = await scene.Core.Get<UpdateQueries>().ForSiteAsync(scene.Core.Owner, site.Id, Cancel);
        Assert.Equal(["next"], offer!.Targets.Select(target => target.BenchName));
        Assert.Equal(["15.60.0"], offer.Releases.Select(release => release.Version));
        Assert.Null(await scene.Core.Get<UpdateQueries>().ForSiteAsync(TestCore.ActorOf(Guid.CreateVersion7(), FrappeHybrid.Core.Teams.TeamRole.Owner), site.Id, Cancel));

        Assert.Equal("bench-not-found", (await scene.Core.Get<UpdateSite>().RunAsync(scene.Core.Owner, site.Id, elsewhere.Id, false, Cancel)).Error?.Code);
        Assert.Equal("bench-not-newer", (await scene.Core.Get<UpdateSite>().RunAsync(scene.Core.Owner, site.Id, older.Id, false, Cancel)).Error?.Code);
        Assert.Equal(SiteState.Active, (await scene.SiteAsync(site.Id)).State);
    }
}
