using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.People;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Core.Teams;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.People;

/// <summary>What the operator does with accounts.</summary>
public sealed class StaffActsTests : IAsyncLifetime
{
    private const string Reason = "Asked for by ticket 4711";
    private TestCore core = null!;
    private Actor first = null!;
    private Actor customer = null!;

    public async ValueTask InitializeAsync()
    {
        core = await TestCore.StartAsync();
        first = await core.AddUserAsync("operator@example.com", StaffRole.Operator);
        customer = await core.AddUserAsync("owner@example.com", role: TeamRole.Owner);
    }

    public ValueTask DisposeAsync() => core.DisposeAsync();

    [Fact]
    public async Task Staff_role_is_given_with_a_reason_and_the_last_operator_stays()
    {
        TeamCase.Refused("reason-invalid", await SetAsync(customer, StaffRole.Operator, "why"));
        TeamCase.Refused("last-operator", await SetAsync(first, StaffRole.None, Reason));
        TeamCase.Done(await SetAsync(customer, StaffRole.Operator, Reason));
        var entry = await core.LastAsync();
        Assert.Equal(("set-staff-role", "None", "Operator", Reason, Guid.Empty), (entry.Act, entry.Before, entry.After, entry.Reason, entry.TeamId));
        TeamCase.Done(await SetAsync(first, StaffRole.Support, Reason));
        TeamCase.Refused("forbidden", await core.Get<SetStaffRole>().RunAsync(await core.ActorAsync(first.UserId), first.UserId, StaffRole.Operator, Reason, TestCore.Cancel));
    }

    [Fact]
    public async Task Of_two_operators_who_step_down_at_once_one_stays()
    {
        var second = await core.AddUserAsync("second@example.com", StaffRole.Operator);
        var results = await Task.WhenAll(
            core.Get<SetStaffRole>().RunAsync(first, second.UserId, StaffRole.None, Reason, TestCore.Cancel),
            core.Get<SetStaffRole>().RunAsync(second, first.UserId, StaffRole.None, Reason, TestCore.Cancel),
            core.Get<DisableUser>().RunAsync(second, first.UserId, Reason, TestCore.Cancel));
        Assert.Contains(results, result => !result.IsDone);
        await using var db = await core.DbAsync();
        Assert.Equal(1, await db.Users.CountAsync(user => user.Staff == StaffRole.Operator && user.DisabledAt == null, TestCore.Cancel));
    }

    [Fact]
    public async Task A_closed_account_is_out_at_once_and_comes_back_as_it_was()
    {
        var told = new List<LiveChange>();
        using var subscription = core.Get<LiveChanges>().Subscribe(told.Add);
        var link = (await core.Get<CreateSignInLink>().RunAsync(first, customer.UserId, TestCore.Cancel)).Value;
        string? stamp;
        await using (var db = await core.DbAsync())
            stamp = (await db.Users.SingleAsync(user => user.Id == customer.UserId, TestCore.Cancel)).SecurityStamp;

        TeamCase.Refused("own-account", await core.Get<DisableUser>().RunAsync(first, first.UserId, Reason, TestCore.Cancel));
        TeamCase.Done(await core.Get<DisableUser>().RunAsync(first, customer.UserId, Reason, TestCore.Cancel));

        Assert.Null(await core.Get<ActorQueries>().ForUserAsync(customer.UserId, null, TestCore.Cancel));
        Assert.Contains(told, change => change.Entity == LiveChange.Access && change.Id == customer.UserId);
        Assert.Null(await core.Get<SignInLinks>().RedeemAsync(link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..], TestCore.Cancel));
        Assert.Equal("account-closed", (await core.Get<CreateSignInLink>().RunAsync(first, customer.UserId, TestCore.Cancel)).Error?.Code);
        await using (var db = await core.DbAsync())
        {
            var user = await db.Users.SingleAsync(each => each.Id == customer.UserId, TestCore.Cancel);
            Assert.NotEqual(stamp, user.SecurityStamp);
            Assert.True(user.LockoutEnabled && user.LockoutEnd > core.Time.GetUtcNow().AddYears(100));
        }

        TeamCase.Done(await core.Get<EnableUser>().RunAsync(first, customer.UserId, TestCore.Cancel));
        Assert.Equal(TeamRole.Owner, (await core.ActorAsync(customer.UserId)).RoleIn(core.Team.Id));
        Assert.Equal(("closed", "open"), ((await core.LastAsync()).Before, (await core.LastAsync()).After));
    }

    [Fact]
    public async Task A_sign_in_link_is_shown_once_recorded_and_nowhere_else()
    {
        var link = (await core.Get<CreateSignInLink>().RunAsync(first, customer.UserId, TestCore.Cancel)).Value;
        Assert.StartsWith("/account/enter#", link, StringComparison.Ordinal);
        var token = link["/account/enter#".Length..];
        Assert.Equal("create-sign-in-link", (await core.LastAsync()).Act);
        Assert.DoesNotContain(core.Logs.Lines, line => line.Contains(token, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(customer.UserId, await core.Get<SignInLinks>().RedeemAsync(token, TestCore.Cancel));
    }

    [Fact]
    public async Task Only_the_operator_sees_people()
    {
        var people = await core.Get<PeopleQueries>().ListAsync(first, TestCore.Cancel);
        Assert.Equal(["operator@example.com", "owner@example.com"], people.Select(person => person.Email));
        Assert.True(people[0].IsLastOperator && people[0].IsMe);
        Assert.Equal(("Customer", TeamRole.Owner), (people[1].Teams[0].Name, people[1].Teams[0].Role));
        Assert.Empty(await core.Get<PeopleQueries>().ListAsync(customer, TestCore.Cancel));
        Assert.Empty(await core.Get<PeopleQueries>().ListAsync(TestCore.StaffOf(StaffRole.Support), TestCore.Cancel));
    }

    private Task<FrappeHybrid.Core.Common.Result> SetAsync(Actor user, StaffRole staff, string reason) => core.Get<SetStaffRole>().RunAsync(first, user.UserId, staff, reason, TestCore.Cancel);
}
