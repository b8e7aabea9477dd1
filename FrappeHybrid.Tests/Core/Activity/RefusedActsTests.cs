using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static FrappeHybrid.Tests.Core.Support.TestCore;

namespace FrappeHybrid.Tests.Core.Activity;

/// <summary>What somebody asks for and may not is in the record: in the team's where the person may look, otherwise in the portal's.</summary>
public sealed class RefusedActsTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private TestCore core = null!;
    private Site site = null!;

    public async ValueTask InitializeAsync()
    {
        core = await StartAsync(time);
        site = await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync()));
    }

    public ValueTask DisposeAsync() => core.DisposeAsync();

    [Fact]
    public async Task A_viewer_who_drops_a_site_is_in_the_teams_record_once_in_ten_minutes()
    {
        var viewer = await core.AddUserAsync("viewer@example.com", role: TeamRole.Viewer);
        for (var tries = 0; tries < 3; tries++)
            Assert.Equal("forbidden", (await DropAsync(viewer)).Error?.Code);
        var entry = Assert.Single(await RefusedAsync());
        Assert.Equal((viewer.UserId, site.Place, site.Id, "192.0.2.7"), (entry.UserId, entry.Place, entry.SubjectId, entry.Address));
        Assert.Equal("Was refused: create and change sites, take and fetch backups, sign in as Administrator", entry.Summary);
        Assert.Contains(await core.Get<ActivityQueries>().ListAsync(core.Owner, new ActivityFilter { TeamId = core.Team.Id }, null, 100, Cancel), seen => seen.Result is ActivityResult.Refused);

        time.Advance(RefusedActs.Again);
        await DropAsync(viewer);
        Assert.Equal(2, (await RefusedAsync()).Count);
        Assert.True((await core.Get<VerifyActivity>().CheckAsync(null, Cancel)).IsWhole);
    }

    [Fact]
    public async Task Who_does_not_even_see_the_site_is_told_to_whoever_runs_the_portal_and_not_to_the_team()
    {
        var stranger = await core.AddUserAsync("stranger@example.com");
        Assert.Equal("not-found", (await DropAsync(stranger)).Error?.Code);
        var entry = Assert.Single(await RefusedAsync());
        Assert.Equal((stranger.UserId, Place.Portal, site.Id), (entry.UserId, entry.Place, entry.SubjectId));
        Assert.DoesNotContain(await core.Get<ActivityQueries>().ListAsync(core.Owner, new ActivityFilter(), null, 100, Cancel), seen => seen.Result is ActivityResult.Refused);
    }

    [Fact]
    public async Task To_look_is_no_act_and_what_is_allowed_is_not_refused()
    {
        var stranger = await core.AddUserAsync("stranger@example.com");
        Assert.Null(await core.Get<SiteQueries>().FindAsync(stranger, site.Id, Cancel));
        Assert.NotNull(stranger.Refuse(Capability.View, site));
        var developer = await core.AddUserAsync("developer@example.com", role: TeamRole.Developer);
        Assert.Null(developer.Refuse(Capability.ManageSites, site));
        Assert.Empty(await RefusedAsync());
    }

    private Task<FrappeHybrid.Core.Common.Result<Guid>> DropAsync(Actor actor) => core.Get<DropSite>().RunAsync(actor, site.Id, site.Name.Value, false, Cancel);

    // As the portal stops: what waits is written.
    private async Task<List<ActivityEntry>> RefusedAsync()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => core.Get<RefusedActs>().RunAsync(stop.Token));
        await using var db = await core.DbAsync();
        return await db.Activity.AsNoTracking().Where(entry => entry.Act == "refused").OrderBy(entry => entry.Number).ToListAsync(Cancel);
    }
}
