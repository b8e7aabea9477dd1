using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Xunit;

namespace FrappeHybrid.Tests.Core.Teams;

/// <summary>Roles of members: who changes whose, and what stays.</summary>
public sealed class MemberActsTests : IAsyncLifetime
{
    private TestCore core = null!;
    private Actor owner = null!;
    private Actor admin = null!;
    private Actor developer = null!;
    private Actor viewer = null!;

    public async ValueTask InitializeAsync()
    {
        core = await TestCore.StartAsync();
        owner = await core.AddUserAsync("owner@example.com", role: TeamRole.Owner);
        admin = await core.AddUserAsync("admin@example.com", role: TeamRole.Admin);
        developer = await core.AddUserAsync("developer@example.com", role: TeamRole.Developer);
        viewer = await core.AddUserAsync("viewer@example.com", role: TeamRole.Viewer);
    }

    public ValueTask DisposeAsync() => core.DisposeAsync();

    [Theory]
    [InlineData(TeamRole.Owner, TeamRole.Admin, true)]
    [InlineData(TeamRole.Owner, TeamRole.Owner, true)]
    [InlineData(TeamRole.Admin, TeamRole.Admin, true)]
    [InlineData(TeamRole.Admin, TeamRole.Developer, true)]
    [InlineData(TeamRole.Admin, TeamRole.Owner, false)]
    [InlineData(TeamRole.Developer, TeamRole.Developer, false)]
    [InlineData(TeamRole.Viewer, TeamRole.Developer, false)]
    public async Task Who_may_give_which_role(TeamRole asker, TeamRole given, bool isDone)
    {
        var actor = new[] { owner, admin, developer, viewer }.Single(each => each.RoleIn(core.Team.Id) == asker);
        var other = await core.AddUserAsync("other@example.com", role: TeamRole.Viewer);

        var changed = await core.Get<ChangeMemberRole>().RunAsync(actor, core.Team.Id, other.UserId, given, TestCore.Cancel);

        Assert.Equal(isDone, changed.IsDone);
        Assert.Equal(isDone ? given : TeamRole.Viewer, await core.RoleAsync(other));
    }

    [Fact]
    public async Task Admins_neither_lower_nor_remove_owners()
    {
        await core.AddUserAsync("second-owner@example.com", role: TeamRole.Owner);
        TeamCase.Refused("owners-only", await core.Get<ChangeMemberRole>().RunAsync(admin, core.Team.Id, owner.UserId, TeamRole.Viewer, TestCore.Cancel));
        TeamCase.Refused("owners-only", await core.Get<RemoveMember>().RunAsync(admin, core.Team.Id, owner.UserId, TestCore.Cancel));
        Assert.Equal(TeamRole.Owner, await core.RoleAsync(owner));
    }

    [Fact]
    public async Task Last_owner_stays_whatever_is_tried()
    {
        var portalOperator = await core.AddUserAsync("operator@example.com", StaffRole.Operator);
        foreach (var actor in new[] { owner, portalOperator })
        {
            TeamCase.Refused("last-owner", await core.Get<ChangeMemberRole>().RunAsync(actor, core.Team.Id, owner.UserId, TeamRole.Admin, TestCore.Cancel));
            TeamCase.Refused("last-owner", await core.Get<RemoveMember>().RunAsync(actor, core.Team.Id, owner.UserId, TestCore.Cancel));
        }

        var left = await core.Get<LeaveTeam>().RunAsync(owner, core.Team.Id, TestCore.Cancel);
        TeamCase.Refused("last-owner", left);
        Assert.Contains("Give the team to another member", left.Error!.Advice, StringComparison.Ordinal);
        Assert.Equal(TeamRole.Owner, await core.RoleAsync(owner));
    }

    [Fact]
    public async Task Of_two_owners_who_both_go_at_once_one_stays()
    {
        var second = await core.AddUserAsync("second-owner@example.com", role: TeamRole.Owner);
        var results = await Task.WhenAll(
            core.Get<LeaveTeam>().RunAsync(owner, core.Team.Id, TestCore.Cancel),
            core.Get<ChangeMemberRole>().RunAsync(second, core.Team.Id, second.UserId, TeamRole.Viewer, TestCore.Cancel),
            core.Get<RemoveMember>().RunAsync(owner, core.Team.Id, second.UserId, TestCore.Cancel));

        Assert.Contains(results, result => result.Error?.Code is "last-owner");
        Assert.True(await core.RoleAsync(owner) is TeamRole.Owner || await core.RoleAsync(second) is TeamRole.Owner);
    }

    [Fact]
    public async Task Nobody_raises_himself_or_takes_off_his_own_limits()
    {
        var operatorHere = await core.AddUserAsync("operator@example.com", StaffRole.Operator, TeamRole.Viewer);
        TeamCase.Refused("own-role", await core.Get<ChangeMemberRole>().RunAsync(operatorHere, core.Team.Id, operatorHere.UserId, TeamRole.Owner, TestCore.Cancel));
        TeamCase.Refused("own-limits", await core.Get<LimitMember>().RunAsync(operatorHere, core.Team.Id, operatorHere.UserId, null, TestCore.Cancel));
        TeamCase.Refused("owners-only", await core.Get<ChangeMemberRole>().RunAsync(admin, core.Team.Id, admin.UserId, TeamRole.Owner, TestCore.Cancel));
        TeamCase.Done(await core.Get<ChangeMemberRole>().RunAsync(admin, core.Team.Id, admin.UserId, TeamRole.Developer, TestCore.Cancel));
        // The page that was open still holds the old actor; the one read anew may not go back.
        TeamCase.Refused("forbidden", await core.Get<ChangeMemberRole>().RunAsync(await core.ActorAsync(admin.UserId), core.Team.Id, admin.UserId, TeamRole.Admin, TestCore.Cancel));
    }

    [Fact]
    public async Task A_changed_role_is_recorded_with_before_and_after_and_told_to_open_pages()
    {
        var told = new List<LiveChange>();
        using var subscription = core.Get<LiveChanges>().Subscribe(told.Add);

        TeamCase.Done(await core.Get<ChangeMemberRole>().RunAsync(owner, core.Team.Id, developer.UserId, TeamRole.Admin, TestCore.Cancel));

        var entry = await core.LastAsync();
        Assert.Equal(("change-member-role", "Developer of the whole team", "Admin of the whole team", owner.UserId, "192.0.2.7"), (entry.Act, entry.Before, entry.After, entry.UserId, entry.Address));
        Assert.Contains(told, change => change.Entity == LiveChange.Access && change.Id == developer.UserId);
        Assert.True((await core.ActorAsync(developer.UserId)).May(Capability.ManageServers, new Place(core.Team.Id)));
    }

    [Fact]
    public async Task A_removed_member_loses_everything_at_once()
    {
        var told = new List<LiveChange>();
        using var subscription = core.Get<LiveChanges>().Subscribe(told.Add);

        TeamCase.Done(await core.Get<RemoveMember>().RunAsync(admin, core.Team.Id, developer.UserId, TestCore.Cancel));

        Assert.Contains(told, change => change.Entity == LiveChange.Access && change.Id == developer.UserId);
        Assert.Empty((await core.ActorAsync(developer.UserId)).Grants);
        var entry = await core.LastAsync();
        Assert.Equal(("remove-member", "Developer of the whole team"), (entry.Act, entry.Before));
    }

    [Fact]
    public async Task The_list_says_who_is_what_and_to_whom_it_is_shown()
    {
        var members = await core.Get<MemberQueries>().ListAsync(viewer, core.Team.Id, TestCore.Cancel);
        Assert.Equal(["owner@example.com", "admin@example.com", "developer@example.com", "viewer@example.com"], members.Select(member => member.Email));
        Assert.True(Assert.Single(members, member => member.IsMe).Role is TeamRole.Viewer);
        Assert.Empty(await core.Get<MemberQueries>().ListAsync(TestCore.ActorOf(Guid.CreateVersion7(), TeamRole.Owner), core.Team.Id, TestCore.Cancel));
    }
}
