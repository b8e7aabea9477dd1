using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Teams;

/// <summary>Teams are made, renamed, given away, left and removed; a person chooses which one the lists show.</summary>
public sealed class TeamLifeTests
{
    [Theory]
    [InlineData(SignUpMode.InvitationOnly, StaffRole.None, false)]
    [InlineData(SignUpMode.InvitationOnly, StaffRole.Operator, true)]
    [InlineData(SignUpMode.Open, StaffRole.None, true)]
    public async Task Who_may_make_a_team(SignUpMode mode, StaffRole staff, bool may)
    {
        await using var core = await TestCore.StartAsync();
        core.Get<AccountOptions>().SignUp = mode;
        var somebody = await core.AddUserAsync("somebody@example.com", staff);

        var made = await core.Get<CreateTeam>().RunAsync(somebody, " New team ", TestCore.Cancel);

        Assert.Equal(may, made.IsDone);
        if (may)
            Assert.Equal(TeamRole.Owner, (await core.ActorAsync(somebody.UserId)).RoleIn(made.Value));
    }

    [Fact]
    public async Task Nobody_makes_teams_without_end_but_the_operator()
    {
        var time = new FakeTime();
        await using var core = await TestCore.StartAsync(time);
        core.Get<AccountOptions>().SignUp = SignUpMode.Open;
        var somebody = await core.AddUserAsync("somebody@example.com");
        for (var number = 0; number < CreateTeam.MostADay; number++)
            Assert.True((await core.Get<CreateTeam>().RunAsync(somebody, $"Team {number}", TestCore.Cancel)).IsDone);
        Assert.Equal("too-many-teams", (await core.Get<CreateTeam>().RunAsync(somebody, "One more", TestCore.Cancel)).Error?.Code);
        time.Advance(TimeSpan.FromHours(25));
        Assert.True((await core.Get<CreateTeam>().RunAsync(somebody, "Tomorrow", TestCore.Cancel)).IsDone);
    }

    [Fact]
    public async Task Owner_renames_and_gives_away_and_is_an_admin_then()
    {
        await using var core = await TestCore.StartAsync();
        var owner = await core.AddUserAsync("owner@example.com", role: TeamRole.Owner);
        var admin = await core.AddUserAsync("admin@example.com", role: TeamRole.Admin);
        TeamCase.Refused("forbidden", await core.Get<RenameTeam>().RunAsync(admin, core.Team.Id, "Ours", TestCore.Cancel));
        TeamCase.Refused("team-name-invalid", await core.Get<RenameTeam>().RunAsync(owner, core.Team.Id, "a\nb", TestCore.Cancel));
        TeamCase.Done(await core.Get<RenameTeam>().RunAsync(owner, core.Team.Id, "Renamed", TestCore.Cancel));
        Assert.Equal(("Customer", "Renamed"), ((await core.LastAsync()).Before, (await core.LastAsync()).After));

        TeamCase.Refused("forbidden", await core.Get<TransferOwnership>().RunAsync(admin, core.Team.Id, admin.UserId, "Renamed", TestCore.Cancel));
        TeamCase.Refused("name-differs", await core.Get<TransferOwnership>().RunAsync(owner, core.Team.Id, admin.UserId, "Customer", TestCore.Cancel));
        TeamCase.Refused("not-member", await core.Get<TransferOwnership>().RunAsync(owner, core.Team.Id, Guid.CreateVersion7(), "Renamed", TestCore.Cancel));
        TeamCase.Done(await core.Get<TransferOwnership>().RunAsync(owner, core.Team.Id, admin.UserId, "Renamed", TestCore.Cancel));
        Assert.Equal((TeamRole.Admin, TeamRole.Owner), (await core.RoleAsync(owner), await core.RoleAsync(admin)));
        Assert.Equal("Owner of the whole team", (await core.LastAsync()).After);
        TeamCase.Done(await core.Get<LeaveTeam>().RunAsync(owner, core.Team.Id, TestCore.Cancel));
        Assert.Null(await core.RoleAsync(owner));
    }

    [Fact]
    public async Task A_team_is_removed_by_the_operator_alone_and_only_without_servers()
    {
        await using var core = await TestCore.StartAsync();
        var owner = await core.AddUserAsync("owner@example.com", role: TeamRole.Owner);
        var portalOperator = await core.AddUserAsync("operator@example.com", StaffRole.Operator);
        var server = await core.AddServerAsync();
        TeamCase.Refused("not-found", await core.Get<RemoveTeam>().RunAsync(owner, core.Team.Id, "Customer", TestCore.Cancel));
        TeamCase.Refused("team-has-servers", await core.Get<RemoveTeam>().RunAsync(portalOperator, core.Team.Id, "Customer", TestCore.Cancel));
        await using (var db = await core.DbAsync())
            await db.Servers.Where(each => each.Id == server.Id).ExecuteUpdateAsync(each => each.SetProperty(row => row.State, ServerState.Archived), TestCore.Cancel);

        TeamCase.Done(await core.Get<RemoveTeam>().RunAsync(portalOperator, core.Team.Id, "Customer", TestCore.Cancel));

        Assert.Empty((await core.ActorAsync(owner.UserId)).Grants);
        Assert.Empty(await core.Get<TeamQueries>().ListAsync(portalOperator, TestCore.Cancel));
        TeamCase.Refused("not-found", await core.Get<RenameTeam>().RunAsync(portalOperator, core.Team.Id, "Back", TestCore.Cancel));
    }

    [Fact]
    public async Task The_chosen_team_is_remembered_and_forgotten_with_the_right_to_see_it()
    {
        await using var core = await TestCore.StartAsync();
        var portalOperator = await core.AddUserAsync("operator@example.com", StaffRole.Operator);
        var second = (await core.Get<CreateTeam>().RunAsync(portalOperator, "Second", TestCore.Cancel)).Value;
        var member = await core.AddUserAsync("member@example.com", role: TeamRole.Viewer);
        TeamCase.Refused("not-found", await core.Get<SwitchTeam>().RunAsync(member, second, TestCore.Cancel));
        TeamCase.Done(await core.Get<SwitchTeam>().RunAsync(member, core.Team.Id, TestCore.Cancel));
        Assert.Equal(core.Team.Id, await core.Get<TeamQueries>().CurrentAsync(member, TestCore.Cancel));
        TeamCase.Done(await core.Get<RemoveMember>().RunAsync(portalOperator, core.Team.Id, member.UserId, TestCore.Cancel));
        Assert.Null(await core.Get<TeamQueries>().CurrentAsync(await core.ActorAsync(member.UserId), TestCore.Cancel));
    }

    [Fact]
    public async Task A_program_does_none_of_what_a_person_decides()
    {
        await using var core = await TestCore.StartAsync();
        var owner = await core.AddUserAsync("owner@example.com", role: TeamRole.Owner);
        await core.AddUserAsync("second@example.com", role: TeamRole.Owner);
        var program = owner with { Limit = new TokenLimit(Guid.CreateVersion7(), "build", Place.Portal, Enum.GetValues<Capability>().ToHashSet()) };
        TeamCase.Refused("forbidden", await core.Get<LeaveTeam>().RunAsync(program, core.Team.Id, TestCore.Cancel));
        TeamCase.Refused("forbidden", await core.Get<TransferOwnership>().RunAsync(program, core.Team.Id, owner.UserId, "Customer", TestCore.Cancel));
        TeamCase.Refused("forbidden", await core.Get<SwitchTeam>().RunAsync(program, core.Team.Id, TestCore.Cancel));
        Assert.Equal("forbidden", (await core.Get<CreateTeam>().RunAsync(program, "Team", TestCore.Cancel)).Error?.Code);
        Assert.Equal(TeamRole.Owner, await core.RoleAsync(owner));
    }
}
