using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Core.Tokens;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Tokens;

/// <summary>The life of a token: it never has more than its owner has at that moment, and dies in more ways than one.</summary>
public sealed class ApiTokenTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private TestCore core = null!;
    private Place server;
    private Place bench;
    private Place site;

    public async ValueTask InitializeAsync()
    {
        core = await TestCore.StartAsync(time);
        var madeServer = await core.AddServerAsync();
        var madeBench = await core.AddBenchAsync(madeServer);
        (server, bench, site) = (madeServer.Place, madeBench.Place, (await core.AddSiteAsync(madeBench)).Place);
    }

    public async ValueTask DisposeAsync() => await core.DisposeAsync();

    [Fact]
    public async Task Value_is_shown_once_and_only_its_hash_is_kept()
    {
        var user = await AddUserAsync(TeamRole.Owner);
        var made = await CreateAsync(user, core.Team.Id, core.Team.Id, Capability.View);
        Assert.Matches("^fh_[A-Za-z0-9_-]{43}$", made.Value);
        Assert.DoesNotContain(made.Value, made.ToString(), StringComparison.Ordinal);
        await using var db = await core.DbAsync();
        var stored = await db.ApiTokens.SingleAsync(TestCore.Cancel);
        Assert.Equal(ApiTokenValue.HashOf(made.Value), stored.Hash);
        Assert.Equal(made.Value[..11], stored.Prefix);
        Assert.NotNull(await FindAsync(made));
        foreach (var wrong in new[] { "", "fh_", made.Value[..^1], made.Value + "A", made.Value[..^1] + (made.Value[^1] == 'A' ? 'B' : 'A'), "xx_" + made.Value[3..] })
            Assert.Null(await core.Get<ApiTokenSignIn>().FindAsync(wrong, null, TestCore.Cancel));
    }

    [Fact]
    public async Task Token_ends_by_time_by_revoking_with_its_owner_and_with_the_membership()
    {
        var user = await AddUserAsync(TeamRole.Owner);
        var expires = await CreateAsync(user, core.Team.Id, core.Team.Id, Capability.View, days: 1);
        time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await FindAsync(expires));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await FindAsync(expires));

        var revoked = await CreateAsync(user, core.Team.Id, core.Team.Id, Capability.View);
        Assert.True((await core.Get<RevokeApiToken>().RunAsync(await ActorAsync(user), revoked.Id, TestCore.Cancel)).IsDone);
        Assert.Null(await FindAsync(revoked));

        var removed = await CreateAsync(user, core.Team.Id, core.Team.Id, Capability.View);
        await ChangeAsync(db => db.TeamMembers.Where(member => member.UserId == user).ExecuteDeleteAsync(TestCore.Cancel));
        Assert.Null(await FindAsync(removed));

        var other = await AddUserAsync(TeamRole.Owner);
        var orphan = await CreateAsync(other, core.Team.Id, core.Team.Id, Capability.View);
        await ChangeAsync(db => db.TeamMembers.Where(member => member.UserId == other).ExecuteDeleteAsync(TestCore.Cancel));
        await ChangeAsync(db => db.Users.Where(each => each.Id == other).ExecuteDeleteAsync(TestCore.Cancel));
        Assert.Null(await FindAsync(orphan));
        await using var db = await core.DbAsync();
        Assert.False(await db.ApiTokens.AnyAsync(token => token.UserId == other, TestCore.Cancel));
    }

    [Fact]
    public async Task Owner_who_loses_a_right_loses_it_for_the_token_at_once()
    {
        var user = await AddUserAsync(TeamRole.Admin);
        var made = await CreateAsync(user, core.Team.Id, core.Team.Id, Capability.View, Capability.ManageServers, Capability.ManageSites);
        Assert.True((await FindAsync(made))!.May(Capability.ManageServers, server));
        await ChangeAsync(db => db.TeamMembers.Where(member => member.UserId == user).ExecuteUpdateAsync(row => row.SetProperty(member => member.Role, TeamRole.Developer), TestCore.Cancel));
        Assert.False((await FindAsync(made))!.May(Capability.ManageServers, server));
        Assert.True((await FindAsync(made))!.May(Capability.ManageSites, site));
        await ChangeAsync(db => db.TeamMembers.Where(member => member.UserId == user).ExecuteUpdateAsync(row => row.SetProperty(member => member.Role, TeamRole.Viewer), TestCore.Cancel));
        Assert.False((await FindAsync(made))!.May(Capability.ManageSites, site));
        Assert.True((await FindAsync(made))!.May(Capability.View, site));
    }

    [Theory]
    [InlineData(TeamRole.Owner)]
    [InlineData(TeamRole.Admin)]
    [InlineData(TeamRole.Developer)]
    [InlineData(TeamRole.Viewer)]
    public async Task Every_role_with_every_scope_may_what_both_leave(TeamRole role)
    {
        var user = await AddUserAsync(role);
        var person = await ActorAsync(user);
        (Place Place, Guid Thing)[] scopes = [(new Place(core.Team.Id), core.Team.Id), (server, server.ServerId!.Value), (bench, bench.BenchId!.Value), (site, site.SiteId!.Value)];
        Place[] asked = [Place.Portal, new(core.Team.Id), server, bench, site, new(core.Team.Id, Guid.CreateVersion7()), new(server.TeamId, server.ServerId, Guid.CreateVersion7()), new(Guid.CreateVersion7())];
        foreach (var (scope, thing) in scopes)
        {
            foreach (var right in Enum.GetValues<Capability>())
            {
                var made = await core.Get<CreateApiToken>().RunAsync(person, new ApiTokenRequest("x", core.Team.Id, thing, [right], 1), TestCore.Cancel);
                Assert.Equal(person.May(right, scope) && scope.Kind <= CapabilityTable.Of(right).Kind && CapabilityTable.Of(right).IsForPrograms, made.IsDone);
                if (!made.IsDone)
                    continue;
                var actor = (await FindAsync(made.Value))!;
                foreach (var place in asked)
                {
                    foreach (var capability in Enum.GetValues<Capability>())
                    {
                        var isLeft = capability == right || capability is Capability.View;
                        var isThere = scope.Contains(place) || (capability is Capability.View && place.Contains(scope));
                        Assert.Equal(person.May(capability, place) && isLeft && isThere, actor.May(capability, place));
                    }
                }

                Assert.True((await core.Get<RevokeApiToken>().RunAsync(person, made.Value.Id, TestCore.Cancel)).IsDone);
            }
        }
    }

    [Fact]
    public async Task Token_of_staff_for_the_whole_portal_sees_all_teams_and_one_for_a_team_only_that()
    {
        var staff = await AddUserAsync(null, StaffRole.Operator);
        var other = new Team { Id = NewId.At(time), Name = "Another", CreatedAt = time.GetUtcNow() };
        await ChangeAsync(async db =>
        {
            db.Teams.Add(other);
            await db.SaveChangesAsync(TestCore.Cancel);
        });
        var whole = (await FindAsync(await CreateAsync(staff, Guid.Empty, Guid.Empty, Capability.View, Capability.OperatePortal)))!;
        var one = (await FindAsync(await CreateAsync(staff, other.Id, other.Id, Capability.View, Capability.ManageServers)))!;
        Assert.Contains(await core.Get<TeamQueries>().MineAsync(whole, TestCore.Cancel), team => team.Id == core.Team.Id);
        Assert.True(whole.May(Capability.OperatePortal, Place.Portal));
        Assert.False(whole.May(Capability.ManageServers, server));
        Assert.Equal([other.Id], (await core.Get<TeamQueries>().MineAsync(one, TestCore.Cancel)).Select(team => team.Id));
        Assert.Single(await core.Get<ServerQueries>().ListAsync(whole, TestCore.Cancel));
        Assert.Empty(await core.Get<ServerQueries>().ListAsync(one, TestCore.Cancel));
        Assert.False(one.May(Capability.View, server));

        var customer = await AddUserAsync(TeamRole.Owner);
        var refused = await core.Get<CreateApiToken>().RunAsync(await ActorAsync(customer), new ApiTokenRequest("x", Guid.Empty, Guid.Empty, [Capability.View], 1), TestCore.Cancel);
        Assert.Equal("not-found", refused.Error?.Code);
    }

    [Fact]
    public async Task Tokens_make_and_revoke_no_tokens_and_nobody_makes_one_for_another_team()
    {
        var user = await AddUserAsync(TeamRole.Owner);
        var made = await CreateAsync(user, core.Team.Id, core.Team.Id, [.. ApiTokenRules.Offered(await ActorAsync(user), new Place(core.Team.Id))]);
        var program = (await FindAsync(made))!;
        Assert.Equal("forbidden", (await core.Get<CreateApiToken>().RunAsync(program, new ApiTokenRequest("x", core.Team.Id, core.Team.Id, [Capability.View], 1), TestCore.Cancel)).Error?.Code);
        Assert.Equal("forbidden", (await core.Get<RevokeApiToken>().RunAsync(program, made.Id, TestCore.Cancel)).Error?.Code);
        var stranger = TestCore.ActorOf(Guid.CreateVersion7(), TeamRole.Owner);
        Assert.Equal("not-found", (await core.Get<CreateApiToken>().RunAsync(stranger, new ApiTokenRequest("x", core.Team.Id, server.ServerId!.Value, [Capability.View], 1), TestCore.Cancel)).Error?.Code);
        Assert.Equal("not-found", (await core.Get<RevokeApiToken>().RunAsync(stranger, made.Id, TestCore.Cancel)).Error?.Code);
    }

    [Theory]
    [InlineData("", 30, "token-name-invalid")]
    [InlineData("two\nlines", 30, "token-name-invalid")]
    [InlineData("x", 0, "token-days-invalid")]
    [InlineData("x", 366, "token-days-invalid")]
    public async Task Requests_that_cannot_be_are_refused(string name, int days, string code)
    {
        var actor = await ActorAsync(await AddUserAsync(TeamRole.Owner));
        Assert.Equal(code, (await core.Get<CreateApiToken>().RunAsync(actor, new ApiTokenRequest(name, core.Team.Id, core.Team.Id, [Capability.View], days), TestCore.Cancel)).Error?.Code);
    }

    [Fact]
    public async Task Owners_and_admins_see_and_revoke_their_members_tokens_and_developers_do_not()
    {
        var developer = await AddUserAsync(TeamRole.Developer);
        var made = await CreateAsync(developer, core.Team.Id, core.Team.Id, Capability.View);
        var queries = core.Get<ApiTokenQueries>();
        foreach (var role in new[] { TeamRole.Developer, TeamRole.Viewer })
        {
            var other = await ActorAsync(await AddUserAsync(role));
            Assert.Empty(await queries.OfMembersAsync(other, TestCore.Cancel));
            Assert.Equal("forbidden", (await core.Get<RevokeApiToken>().RunAsync(other, made.Id, TestCore.Cancel)).Error?.Code);
        }

        var admin = await ActorAsync(await AddUserAsync(TeamRole.Admin));
        Assert.Empty(await queries.MineAsync(admin, TestCore.Cancel));
        Assert.Equal(made.Id, Assert.Single(await queries.OfMembersAsync(admin, TestCore.Cancel)).Id);
        Assert.True((await core.Get<RevokeApiToken>().RunAsync(admin, made.Id, TestCore.Cancel)).IsDone);
        var view = Assert.Single(await queries.MineAsync(await ActorAsync(developer), TestCore.Cancel));
        Assert.Equal((ApiTokenState.Revoked, admin.Name), (view.State, view.RevokedBy));
    }

    [Fact]
    public async Task Use_is_written_down_at_most_once_a_minute()
    {
        var made = await CreateAsync(await AddUserAsync(TeamRole.Owner), core.Team.Id, core.Team.Id, Capability.View);
        await UseAsync("192.0.2.1");
        var first = await LastAsync();
        Assert.Equal((time.GetUtcNow(), "192.0.2.1"), first);
        time.Advance(TimeSpan.FromSeconds(59));
        await UseAsync("192.0.2.2");
        Assert.Equal(first, await LastAsync());
        time.Advance(TimeSpan.FromSeconds(1));
        await UseAsync("192.0.2.2");
        Assert.Equal((time.GetUtcNow(), "192.0.2.2"), await LastAsync());

        async Task UseAsync(string from) => Assert.NotNull(await core.Get<ApiTokenSignIn>().FindAsync(made.Value, from, TestCore.Cancel));

        async Task<(DateTimeOffset?, string?)> LastAsync()
        {
            await using var db = await core.DbAsync();
            var token = await db.ApiTokens.AsNoTracking().SingleAsync(TestCore.Cancel);
            return (token.LastUsedAt, token.LastUsedFrom);
        }
    }

    [Fact]
    public async Task Site_that_moves_takes_its_token_along_and_one_that_is_gone_ends_it()
    {
        var made = await CreateAsync(await AddUserAsync(TeamRole.Owner), core.Team.Id, site.SiteId!.Value, Capability.View, Capability.ManageSites);
        var second = await core.AddBenchAsync(await core.ServerAsync(server.ServerId!.Value), "second");
        await ChangeAsync(db => db.Sites.Where(each => each.Id == site.SiteId).ExecuteUpdateAsync(row => row.SetProperty(each => each.BenchId, second.Id), TestCore.Cancel));
        var actor = (await FindAsync(made))!;
        Assert.True(actor.May(Capability.ManageSites, site with { BenchId = second.Id }));
        Assert.True(actor.May(Capability.View, second.Place));
        Assert.False(actor.May(Capability.View, bench));
        await ChangeAsync(db => db.Sites.Where(each => each.Id == site.SiteId).ExecuteDeleteAsync(TestCore.Cancel));
        Assert.Null(await FindAsync(made));
    }

    private async Task<Guid> AddUserAsync(TeamRole? role, StaffRole staff = StaffRole.None)
    {
        var id = Guid.CreateVersion7();
        await ChangeAsync(async db =>
        {
            db.Users.Add(new PortalUser { Id = id, UserName = $"{id:N}@example.com", Email = $"{id:N}@example.com", Staff = staff });
            if (role is { } given)
                db.TeamMembers.Add(new TeamMember { TeamId = core.Team.Id, UserId = id, Role = given });
            await db.SaveChangesAsync(TestCore.Cancel);
        });
        return id;
    }

    private async Task ChangeAsync(Func<PortalDb, Task> change)
    {
        await using var db = await core.DbAsync();
        await change(db);
    }

    private async Task<Actor> ActorAsync(Guid user) => (await core.Get<ActorQueries>().ForUserAsync(user, null, TestCore.Cancel))!;

    private Task<Actor?> FindAsync(CreatedApiToken token) => core.Get<ApiTokenSignIn>().FindAsync(token.Value, "192.0.2.7", TestCore.Cancel);

    private Task<CreatedApiToken> CreateAsync(Guid user, Guid team, Guid thing, params Capability[] capabilities) => CreateAsync(user, team, thing, 30, capabilities);

    private Task<CreatedApiToken> CreateAsync(Guid user, Guid team, Guid thing, Capability capability, int days) => CreateAsync(user, team, thing, days, [capability]);

    private async Task<CreatedApiToken> CreateAsync(Guid user, Guid team, Guid thing, int days, Capability[] capabilities)
    {
        var made = await core.Get<CreateApiToken>().RunAsync(await ActorAsync(user), new ApiTokenRequest("Backup script", team, thing, capabilities, days), TestCore.Cancel);
        Assert.True(made.IsDone, made.Error?.Message);
        return made.Value;
    }
}
