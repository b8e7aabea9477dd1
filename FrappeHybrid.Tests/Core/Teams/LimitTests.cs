using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Xunit;

namespace FrappeHybrid.Tests.Core.Teams;

/// <summary>A member who is limited to a part of the team: what is seen, what may be done, and what is not even there.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private TestCore core = null!;
    private Actor owner = null!;
    private Actor limited = null!;
    private Server server = null!;
    private Server otherServer = null!;
    private Bench bench = null!;
    private Bench otherBench = null!;
    private Site site = null!;
    private Site otherSite = null!;

    public async ValueTask InitializeAsync()
    {
        core = await TestCore.StartAsync();
        core.Agents["other"] = new FakeAgent();
        owner = await core.AddUserAsync("owner@example.com", role: TeamRole.Owner);
        limited = await core.AddUserAsync("limited@example.com", role: TeamRole.Developer);
        server = await core.AddServerAsync();
        otherServer = await core.AddServerAsync("other");
        bench = await core.AddBenchAsync(server);
        otherBench = await core.AddBenchAsync(server, "second");
        site = await core.AddSiteAsync(bench);
        otherSite = await core.AddSiteAsync(bench, "other.example.com");
        TeamCase.Done(await LimitAsync([site.Id]));
        limited = await core.ActorAsync(limited.UserId);
    }

    public ValueTask DisposeAsync() => core.DisposeAsync();

    [Fact]
    public async Task Sees_the_site_and_the_names_of_what_it_lies_in_and_nothing_beside_it()
    {
        Assert.Equal(site.Id, Assert.Single(await core.Get<SiteQueries>().ListAsync(limited, null, TestCore.Cancel)).Id);
        Assert.Equal(bench.Id, Assert.Single(await core.Get<BenchQueries>().ListAsync(limited, null, TestCore.Cancel)).Id);
        Assert.Equal(server.Id, Assert.Single(await core.Get<ServerQueries>().ListAsync(limited, TestCore.Cancel)).Id);
        Assert.Null(await core.Get<SiteQueries>().FindAsync(limited, otherSite.Id, TestCore.Cancel));
        Assert.Null(await core.Get<BenchQueries>().FindAsync(limited, otherBench.Id, TestCore.Cancel));
        Assert.Null(await core.Get<ServerQueries>().FindAsync(limited, otherServer.Id, TestCore.Cancel));
        var team = Assert.Single(await core.Get<TeamQueries>().ListAsync(limited, TestCore.Cancel));
        Assert.Equal((null, null, 1, 1), (team.Role, team.Members, team.Servers, team.Sites));
        Assert.Equal("limited@example.com", Assert.Single(await core.Get<MemberQueries>().ListAsync(limited, core.Team.Id, TestCore.Cancel)).Email);
    }

    [Fact]
    public async Task Sees_no_backup_job_or_dropped_site_of_others()
    {
        var own = await core.AddBackupAsync(site);
        var others = await core.AddBackupAsync(otherSite);
        var (_, benchJob) = await core.OrderBenchAsync(server, "third");
        var trashed = await core.AddSiteAsync(bench, "gone.example.com");
        await using (var db = await core.DbAsync())
        {
            db.Attach(trashed);
            trashed.Become(SiteState.Working, null);
            trashed.Become(SiteState.Trashed, null);
            trashed.Trash = new TrashedSite { Archive = Guid.CreateVersion7(), Name = trashed.Name, At = core.Time.GetUtcNow(), Until = core.Time.GetUtcNow() + TrashedSite.Life, CanComeBack = true };
            await db.SaveChangesAsync(TestCore.Cancel);
        }

        Assert.NotNull(await core.Get<BackupQueries>().FindAsync(limited, own, TestCore.Cancel));
        Assert.Null(await core.Get<BackupQueries>().FindAsync(limited, others, TestCore.Cancel));
        Assert.Null(await core.Get<BackupQueries>().ListAsync(limited, otherSite.Id, TestCore.Cancel));
        Assert.Null(await core.Get<JobQueries>().FindAsync(limited, benchJob, TestCore.Cancel));
        Assert.Empty(await core.Get<JobQueries>().ListAsync(limited, null, null, null, 50, TestCore.Cancel));
        Assert.Single(await core.Get<TrashQueries>().ListAsync(owner, TestCore.Cancel));
        Assert.Empty(await core.Get<TrashQueries>().ListAsync(limited, TestCore.Cancel));
        Assert.Null(await core.Get<SiteQueries>().FindAsync(limited, trashed.Id, TestCore.Cancel));
    }

    [Fact]
    public void May_work_on_the_site_alone()
    {
        Assert.True(limited.May(Capability.ManageSites, site.Place));
        Assert.False(limited.May(Capability.ManageSites, otherSite.Place));
        Assert.False(limited.May(Capability.ManageSites, bench.Place));
        Assert.False(limited.May(Capability.ManageBenches, bench.Place));
        Assert.False(limited.May(Capability.WatchConsoles, bench.Place));
        Assert.True(limited.May(Capability.View, bench.Place));
        Assert.False(limited.May(Capability.ViewActivity, otherSite.Place));
        Assert.False(limited.May(Capability.ViewActivity, new Place(core.Team.Id)));
    }

    [Fact]
    public async Task A_site_that_moves_to_another_bench_takes_the_right_with_it()
    {
        await using (var db = await core.DbAsync())
        {
            db.Attach(site);
            site.BenchId = otherBench.Id;
            await db.SaveChangesAsync(TestCore.Cancel);
        }

        var moved = await core.ActorAsync(limited.UserId);
        Assert.True(moved.May(Capability.ManageSites, site.Place));
        Assert.Equal(otherBench.Id, Assert.Single(await core.Get<BenchQueries>().ListAsync(moved, null, TestCore.Cancel)).Id);
    }

    [Fact]
    public async Task Limits_are_recorded_with_before_and_after_and_open_again()
    {
        TeamCase.Done(await LimitAsync([bench.Id, otherServer.Id]));
        var entry = await core.LastAsync();
        Assert.Equal(("limit-member", "Developer of site shop.example.com", "Developer of server Server other, bench main on Server agent"), (entry.Act, entry.Before, entry.After));
        Assert.Equal(2, (await core.Get<SiteQueries>().ListAsync(await core.ActorAsync(limited.UserId), null, TestCore.Cancel)).Count);

        TeamCase.Done(await LimitAsync(null));
        Assert.Equal("Developer of the whole team", (await core.LastAsync()).After);
        Assert.Equal(TeamRole.Developer, (await core.ActorAsync(limited.UserId)).RoleIn(core.Team.Id));
    }

    [Fact]
    public async Task Owners_and_admins_are_not_limited_and_who_becomes_one_is_no_more()
    {
        var admin = await core.AddUserAsync("admin@example.com", role: TeamRole.Admin);
        TeamCase.Refused("role-not-limited", await core.Get<LimitMember>().RunAsync(owner, core.Team.Id, admin.UserId, [site.Id], TestCore.Cancel));
        TeamCase.Done(await core.Get<ChangeMemberRole>().RunAsync(owner, core.Team.Id, limited.UserId, TeamRole.Admin, TestCore.Cancel));
        Assert.Equal(TeamRole.Admin, (await core.ActorAsync(limited.UserId)).RoleIn(core.Team.Id));
        await using var db = await core.DbAsync();
        Assert.Empty(db.MemberPlaces);
    }

    [Fact]
    public async Task Only_things_of_the_team_are_limits()
    {
        TeamCase.Refused("limit-empty", await LimitAsync([]));
        TeamCase.Refused("limit-unknown", await LimitAsync([Guid.CreateVersion7()]));
    }

    [Fact]
    public async Task With_nothing_left_the_role_holds_nowhere()
    {
        await using (var db = await core.DbAsync())
        {
            db.Remove(site);
            await db.SaveChangesAsync(TestCore.Cancel);
        }

        var actor = await core.ActorAsync(limited.UserId);
        Assert.Empty(actor.Grants);
        Assert.Empty(await core.Get<SiteQueries>().ListAsync(actor, null, TestCore.Cancel));
    }

    private Task<FrappeHybrid.Core.Common.Result> LimitAsync(IReadOnlyList<Guid>? things) => core.Get<LimitMember>().RunAsync(owner, core.Team.Id, limited.UserId, things, TestCore.Cancel);
}
