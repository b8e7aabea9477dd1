using System.Text.Json;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Restores;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Restores;

/// <summary>Dropped sites in the portal: the way into the trash and the two ways out, however the jobs end.</summary>
public sealed class TrashTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dropped_site_is_in_the_trash_for_seven_days_and_comes_back_with_its_name()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        var site = await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync()));

        Assert.Equal("name-not-confirmed", (await core.Get<DropSite>().RunAsync(core.Owner, site.Id, "shop.example.org", false, Cancel)).Error?.Code);
        var drop = (await core.Get<DropSite>().RunAsync(core.Owner, site.Id, site.Name.Value, false, Cancel)).Value;
        Assert.Equal(SiteState.Working, (await SiteAsync(core, site.Id)).State);
        Assert.Equal("site-busy", (await core.Get<DropSite>().RunAsync(core.Owner, site.Id, site.Name.Value, false, Cancel)).Error?.Code);
        await EndAsync(core, drop, JobState.Success, new DropSiteResult(drop, CanComeBack: true), RestoreJson.Default.DropSiteResult);

        var shown = Assert.Single(await core.Get<TrashQueries>().ListAsync(core.Owner, Cancel));
        Assert.Equal((site.Name.Value, time.GetUtcNow().AddDays(7), true), (shown.Name, shown.Until, shown.CanComeBack));
        Assert.Empty(await core.Get<SiteQueries>().ListAsync(core.Owner, null, Cancel));

        var back = (await core.Get<BringBackSite>().RunAsync(core.Owner, site.Id, null, null, Cancel)).Value;
        Assert.Equal($"/benches/main/sites/{site.Name}/untrash", (await core.JobAsync(back)).Path);
        await EndAsync(core, back, JobState.Success, new RestoreResult("_0123456789abcdef", [], null), RestoreJson.Default.RestoreResult);
        var whole = await SiteAsync(core, site.Id);
        Assert.Equal((SiteState.Active, null), (whole.State, whole.Trash));
    }

    [Fact]
    public async Task A_drop_that_fails_leaves_the_site_as_it_was_and_one_that_leaves_something_asks_for_a_person()
    {
        await using var core = await TestCore.StartAsync();
        var site = await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync()));
        await FailAsync(core, await DropAsync(core, site), "The disk is full.", "Free some space.");
        var after = await SiteAsync(core, site.Id);
        Assert.Equal(SiteState.Active, after.State);
        Assert.Equal("Drop was not done: The disk is full. The site is as it was before.", after.StateReason);

        await FailAsync(core, await DropAsync(core, site), "The disk is full.", JobError.LeftBehind("nginx is gone."));
        after = await SiteAsync(core, site.Id);
        Assert.Equal(SiteState.Fatal, after.State);
        Assert.Contains("nginx is gone.", after.StateReason, StringComparison.Ordinal);

        // What a person can do with it: drop it, and when that fails it is as bad as it was.
        await FailAsync(core, await DropAsync(core, site), "The disk is full.", "Free some space.");
        Assert.Equal(SiteState.Fatal, (await SiteAsync(core, site.Id)).State);
    }

    [Fact]
    public async Task A_name_taken_meanwhile_needs_another_and_a_failure_gives_the_archived_one_back()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        var site = await core.AddSiteAsync(bench);
        await TrashAsync(core, site);
        await core.AddSiteAsync(bench);
        Assert.Equal(BringBackSite.NameTaken, (await core.Get<BringBackSite>().RunAsync(core.Owner, site.Id, null, null, Cancel)).Error?.Code);

        var back = (await core.Get<BringBackSite>().RunAsync(core.Owner, site.Id, "old.example.com", null, Cancel)).Value;
        Assert.Equal("old.example.com", (await SiteAsync(core, site.Id)).Name.Value);
        Assert.Contains("\"shop.example.com\"", (await core.JobAsync(back)).Request, StringComparison.Ordinal);
        await FailAsync(core, back, "It does not answer.", "Look at it.");
        var again = await SiteAsync(core, site.Id);
        Assert.Equal((SiteState.Trashed, "shop.example.com"), (again.State, again.Name.Value));
        Assert.Contains("It does not answer.", again.StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_dropped_without_a_backup_cannot_come_back_and_a_bench_that_is_gone_is_asked_for()
    {
        await using var core = await TestCore.StartAsync();
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        var site = await core.AddSiteAsync(bench);
        await TrashAsync(core, site, canComeBack: false);
        Assert.Equal("site-without-backup", (await core.Get<BringBackSite>().RunAsync(core.Owner, site.Id, null, null, Cancel)).Error?.Code);

        var other = await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync("second"), "other", FrappeHybrid.Core.Benches.BenchState.Broken), "b.example.com");
        await TrashAsync(core, other);
        Assert.Equal(BringBackSite.BenchGone, (await core.Get<BringBackSite>().RunAsync(core.Owner, other.Id, null, null, Cancel)).Error?.Code);
        Assert.Equal(BringBackSite.BenchGone, (await core.Get<BringBackSite>().RunAsync(core.Owner, other.Id, null, bench.Id, Cancel)).Error?.Code);
    }

    [Fact]
    public async Task After_seven_days_the_keeper_deletes_once_also_after_a_restart_and_though_the_name_is_taken()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        var bench = await core.AddBenchAsync(await core.AddServerAsync());
        var site = await core.AddSiteAsync(bench);
        await TrashAsync(core, site);
        await core.AddSiteAsync(bench);
        time.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        Assert.Equal(0, await core.Get<TrashKeeper>().RunOnceAsync(Cancel));
        time.Advance(TimeSpan.FromMinutes(1));

        // A keeper holds nothing of its own: a new one, as after a restart, comes to the same.
        Assert.Equal(1, await core.Get<TrashKeeper>().RunOnceAsync(Cancel));
        Assert.Equal(0, await core.Get<TrashKeeper>().RunOnceAsync(Cancel));
        Assert.Equal("site-busy", (await core.Get<PurgeSite>().RunAsync(core.Owner, site.Id, site.Name.Value, Cancel)).Error?.Code);
        await FailAsync(core, await LastJobAsync(core, site.Id), "The server was away.", null);
        Assert.Equal(SiteState.Trashed, (await SiteAsync(core, site.Id)).State);

        time.Advance(TimeSpan.FromHours(7));
        Assert.Equal(1, await core.Get<TrashKeeper>().RunOnceAsync(Cancel));
        var purge = await LastJobAsync(core, site.Id);
        await EndAsync(core, purge, JobState.Success, new DropSiteResult(purge, false), RestoreJson.Default.DropSiteResult);
        var gone = await SiteAsync(core, site.Id);
        Assert.Equal((SiteState.Archived, null), (gone.State, gone.Trash));
        Assert.Empty(await core.Get<TrashQueries>().ListAsync(core.Owner, Cancel));
    }

    private static async Task<Guid> DropAsync(TestCore core, Site site)
    {
        var ordered = await core.Get<DropSite>().RunAsync(core.Owner, site.Id, site.Name.Value, false, Cancel);
        Assert.True(ordered.IsDone, ordered.Error?.Message);
        return ordered.Value;
    }

    private static async Task TrashAsync(TestCore core, Site site, bool canComeBack = true)
    {
        var drop = await DropAsync(core, site);
        await EndAsync(core, drop, JobState.Success, new DropSiteResult(drop, canComeBack), RestoreJson.Default.DropSiteResult);
    }

    private static Task<bool> FailAsync(TestCore core, Guid job, string message, string? advice) => core.Get<JobUpdates>().RunAsync(
        job, row => row.End(RunState.Failure, new Error("command-failed", message, advice), core.Time.GetUtcNow()), Cancel);

    internal static Task<bool> EndAsync<T>(TestCore core, Guid job, JobState state, T result, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> json) => core.Get<JobUpdates>().RunAsync(
        job,
        row => row.Apply(new JobSnapshot(
            job, row.Type, state, core.Time.GetUtcNow(), core.Time.GetUtcNow(), core.Time.GetUtcNow(), [], null, JsonSerializer.SerializeToElement(result, json), 0)),
        Cancel);

    internal static async Task<Site> SiteAsync(TestCore core, Guid id)
    {
        await using var db = await core.DbAsync();
        return await db.Sites.AsNoTracking().SingleAsync(site => site.Id == id, Cancel);
    }

    private static async Task<Guid> LastJobAsync(TestCore core, Guid siteId)
    {
        await using var db = await core.DbAsync();
        return await db.Jobs.Where(job => job.SiteId == siteId).OrderByDescending(job => job.CreatedAt).Select(job => job.Id).FirstAsync(Cancel);
    }
}
