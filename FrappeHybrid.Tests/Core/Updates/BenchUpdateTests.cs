using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Updates;

/// <summary>All sites of a bench: one first, then the rest, stopped by a failure, and all of it from the database.</summary>
public sealed class BenchUpdateTests
{
    private static CancellationToken Cancel => TestCore.Cancel;

    [Fact]
    public async Task One_goes_first_then_the_rest_two_at_a_time()
    {
        await using var scene = await UpdateCore.StartAsync();
        await BeginAsync(scene, 4);
        await AdvanceAsync(scene);
        Assert.Equal("RWWW", await LookAsync(scene));

        await EndAsync(scene, 0, JobState.Success);
        Assert.Equal("DRRW", await LookAsync(scene));
        await EndAsync(scene, 1, JobState.Success);
        Assert.Equal("DDRR", await LookAsync(scene));
        await EndAsync(scene, 2, JobState.Success);
        await EndAsync(scene, 3, JobState.Success);
        Assert.Equal("DDDD", await LookAsync(scene));
        Assert.Equal(BenchUpdateState.Done, (await scene.BenchUpdateAsync()).State);
        Assert.Empty(await scene.Core.Get<BenchUpdateStep>().OpenAsync(Cancel));
    }

    [Fact]
    public async Task A_failure_stops_it_and_going_on_begins_with_the_failed_one_again()
    {
        await using var scene = await UpdateCore.StartAsync();
        await BeginAsync(scene, 3);
        await AdvanceAsync(scene);
        await EndAsync(scene, 0, JobState.Failure, JobErrorCodes.UpdateRecovered);
        var update = await scene.BenchUpdateAsync();
        Assert.Equal((BenchUpdateState.Stopped, "FWW"), (update.State, await LookAsync(scene)));
        Assert.Contains("The patch x failed.", update.StateReason, StringComparison.Ordinal);
        Assert.Contains("site1.example.com", update.StateReason, StringComparison.Ordinal);

        Assert.True((await scene.Core.Get<ResumeBenchUpdate>().RunAsync(scene.Core.Owner, update.Id, Cancel)).IsDone);
        await AdvanceAsync(scene);
        Assert.Equal("RWW", await LookAsync(scene));
        await EndAsync(scene, 0, JobState.Success);
        Assert.Equal("DRR", await LookAsync(scene));
    }

    [Fact]
    public async Task A_pause_and_a_cancel_begin_no_other_and_leave_what_runs()
    {
        await using var scene = await UpdateCore.StartAsync();
        var id = await BeginAsync(scene, 3);
        Assert.Equal("bench-update-open", (await scene.Core.Get<UpdateBenchSites>().RunAsync(scene.Core.Owner, scene.Old.Id, scene.New.Id, false, Cancel)).Error?.Code);
        await AdvanceAsync(scene);
        Assert.True((await scene.Core.Get<PauseBenchUpdate>().RunAsync(scene.Core.Owner, id, Cancel)).IsDone);
        await EndAsync(scene, 0, JobState.Success);
        Assert.Equal("DWW", await LookAsync(scene));

        Assert.True((await scene.Core.Get<ResumeBenchUpdate>().RunAsync(scene.Core.Owner, id, Cancel)).IsDone);
        await AdvanceAsync(scene);
        Assert.True((await scene.Core.Get<CancelBenchUpdate>().RunAsync(scene.Core.Owner, id, Cancel)).IsDone);
        await EndAsync(scene, 1, JobState.Success);
        await EndAsync(scene, 2, JobState.Success);
        Assert.Equal((BenchUpdateState.Cancelled, "DDD"), ((await scene.BenchUpdateAsync()).State, await LookAsync(scene)));
        Assert.Equal("bench-update-moved-on", (await scene.Core.Get<ResumeBenchUpdate>().RunAsync(scene.Core.Owner, id, Cancel)).Error?.Code);
    }

    [Fact]
    public async Task It_waits_for_a_bench_that_is_being_made_and_for_a_busy_site_and_leaves_out_what_is_gone()
    {
        await using var scene = await UpdateCore.StartAsync(BenchState.Installing);
        await BeginAsync(scene, 3);
        await AdvanceAsync(scene);
        Assert.Equal("WWW", await LookAsync(scene));

        await using (var db = await scene.Core.DbAsync())
        {
            (await db.Benches.FindAsync([scene.New.Id], Cancel))!.Become(BenchState.Active, null);
            var sites = (await scene.BenchUpdateAsync()).Sites;
            (await db.Sites.FindAsync([sites[0].SiteId], Cancel))!.Become(SiteState.Working, "Backing up");
            (await db.Sites.FindAsync([sites[1].SiteId], Cancel))!.Become(SiteState.Archived, "Given up.");
            await db.SaveChangesAsync(Cancel);
        }

        await AdvanceAsync(scene);
        Assert.Equal("WSR", await LookAsync(scene));
    }

    [Fact]
    public async Task A_release_without_a_bench_gets_one_first_and_the_sites_follow()
    {
        await using var scene = await UpdateCore.StartAsync();
        var release = await ReleaseAsync(scene);
        await scene.Core.AddSiteAsync(scene.Old, "site1.example.com");
        await scene.Core.AddSiteAsync(scene.Old, "site2.example.com");
        var offered = (await scene.Core.Get<UpdateQueries>().ForBenchAsync(scene.Core.Owner, scene.Old.Id, Cancel))!;
        Assert.Equal([release], offered.Releases.Select(each => each.ReleaseId));

        var act = scene.Core.Get<UpdateBenchSitesToRelease>();
        Assert.Equal("bench-name-taken", (await act.RunAsync(scene.Core.Owner, scene.Old.Id, release, "next", false, Cancel)).Error?.Code);
        Assert.Equal("bench-not-newer", (await act.RunAsync(scene.Core.Owner, scene.Old.Id, scene.Core.Release.Id, "same", false, Cancel)).Error?.Code);
        var begun = await act.RunAsync(scene.Core.Owner, scene.Old.Id, release, "main-15-60", false, Cancel);
        Assert.True(begun.IsDone, begun.Error?.Message);
        await AdvanceAsync(scene);
        Assert.Equal("WW", await LookAsync(scene));
        Assert.Equal("bench-update-open", (await act.RunAsync(scene.Core.Owner, scene.Old.Id, release, "another", false, Cancel)).Error?.Code);

        await using (var db = await scene.Core.DbAsync())
        {
            var made = await db.Benches.SingleAsync(bench => bench.Name == BenchName.Parse("main-15-60"), Cancel);
            Assert.Equal(((await scene.BenchUpdateAsync()).TargetBenchId, BenchState.Installing), (made.Id, made.State));
            Assert.Equal(JobTypes.NewBench.Key, (await db.Jobs.SingleAsync(job => job.BenchId == made.Id, Cancel)).Type);
            Assert.Equal(0, await db.Benches.CountAsync(bench => bench.Name == BenchName.Parse("another") || bench.Name == BenchName.Parse("same"), Cancel));
            made.Become(BenchState.Active, null);
            await db.SaveChangesAsync(Cancel);
        }

        await AdvanceAsync(scene);
        Assert.Equal("RW", await LookAsync(scene));
    }

    [Fact]
    public async Task A_new_bench_that_cannot_be_made_stops_the_update_before_any_site_and_going_on_waits_for_it_again()
    {
        await using var scene = await UpdateCore.StartAsync();
        await scene.Core.AddSiteAsync(scene.Old, "site1.example.com");
        var id = (await scene.Core.Get<UpdateBenchSitesToRelease>().RunAsync(scene.Core.Owner, scene.Old.Id, await ReleaseAsync(scene), "main-15-60", false, Cancel)).Value;
        var target = (await scene.BenchUpdateAsync()).TargetBenchId;
        await MoveAsync(BenchState.Broken, "The registry refused the sign-in.");
        await AdvanceAsync(scene);
        var stopped = await scene.BenchUpdateAsync();
        Assert.Equal((BenchUpdateState.Stopped, "W"), (stopped.State, await LookAsync(scene)));
        Assert.Contains("The registry refused the sign-in.", stopped.StateReason, StringComparison.Ordinal);

        Assert.True((await scene.Core.Get<RetryBench>().RunAsync(scene.Core.Owner, target, Cancel)).IsDone);
        Assert.True((await scene.Core.Get<ResumeBenchUpdate>().RunAsync(scene.Core.Owner, id, Cancel)).IsDone);
        await AdvanceAsync(scene);
        Assert.Equal("W", await LookAsync(scene));
        await MoveAsync(BenchState.Active, null);
        await AdvanceAsync(scene);
        Assert.Equal("R", await LookAsync(scene));

        async Task MoveAsync(BenchState state, string? reason)
        {
            await using var db = await scene.Core.DbAsync();
            (await db.Benches.FindAsync([target], Cancel))!.Become(state, reason);
            await db.SaveChangesAsync(Cancel);
        }
    }

    [Fact]
    public async Task The_engine_wakes_by_itself_and_takes_up_what_a_restart_has_left()
    {
        await using var scene = await UpdateCore.StartAsync();
        await BeginAsync(scene, 2);
        using (var first = CancellationTokenSource.CreateLinkedTokenSource(Cancel))
        {
            var run = scene.Core.Get<BenchUpdateRunner>().RunAsync(first.Token);
            await scene.Core.UntilAsync(async () => await LookAsync(scene) == "RW");
            await first.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        }

        await scene.EndAsync((await scene.BenchUpdateAsync()).Sites[0].JobId!.Value, JobState.Success);
        using var second = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var again = scene.Core.Get<BenchUpdateRunner>().RunAsync(second.Token);
        await scene.Core.UntilAsync(async () => await LookAsync(scene) == "DR");
        await scene.EndAsync((await scene.BenchUpdateAsync()).Sites[1].JobId!.Value, JobState.Success);
        await scene.Core.UntilAsync(async () => (await scene.BenchUpdateAsync()).State is BenchUpdateState.Done);
        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => again);
    }

    /// <summary>A release that no bench runs.</summary>
    private static async Task<Guid> ReleaseAsync(UpdateCore scene)
    {
        await using var db = await scene.Core.DbAsync();
        var release = new Release { Id = NewId.At(scene.Core.Time), Name = "ERPNext 15.60", Version = "15.60.0", Image = ImageReference.Parse("frappe/erpnext:v15.60.0"), Apps = ["frappe", "erpnext"], CreatedAt = scene.Core.Time.GetUtcNow() };
        db.Add(release);
        await db.SaveChangesAsync(Cancel);
        return release.Id;
    }

    private static async Task<Guid> BeginAsync(UpdateCore scene, int sites)
    {
        for (var number = 1; number <= sites; number++)
            await scene.Core.AddSiteAsync(scene.Old, $"site{number}.example.com");
        var begun = await scene.Core.Get<UpdateBenchSites>().RunAsync(scene.Core.Owner, scene.Old.Id, scene.New.Id, false, Cancel);
        Assert.True(begun.IsDone, begun.Error?.Message);
        return begun.Value;
    }

    private static async Task AdvanceAsync(UpdateCore scene)
    {
        foreach (var id in await scene.Core.Get<BenchUpdateStep>().OpenAsync(Cancel))
        {
            while (await scene.Core.Get<BenchUpdateStep>().AdvanceAsync(id, Cancel))
            {
                // Until there is nothing to do now.
            }
        }
    }

    private static async Task EndAsync(UpdateCore scene, int place, JobState state, string? code = null)
    {
        await scene.EndAsync((await scene.BenchUpdateAsync()).Sites[place].JobId!.Value, state, code);
        await AdvanceAsync(scene);
    }

    /// <summary>One letter a site, in their order.</summary>
    private static async Task<string> LookAsync(UpdateCore scene) => string.Concat((await scene.BenchUpdateAsync()).Sites.Select(site => site.State.ToString()[0]));
}
