using FrappeHybrid.Core;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static FrappeHybrid.Tests.Core.Support.TestCore;

namespace FrappeHybrid.Tests.Core.Accounts;

public sealed class SignUpTests
{
    [Fact]
    public async Task Makes_the_account_with_its_team_and_opens_it_once_the_address_is_confirmed()
    {
        await using var core = await AccountCore.StartAsync();
        Assert.True((await core.SignUpAsync()).IsDone);
        var user = await core.UserAsync();
        Assert.False(user.EmailConfirmed);
        await using (var db = await core.DbAsync())
        {
            var member = await db.TeamMembers.SingleAsync(each => each.UserId == user.Id, Cancel);
            Assert.Equal(TeamRole.Owner, member.Role);
            Assert.Equal("Own team", (await db.Teams.SingleAsync(team => team.Id == member.TeamId, Cancel)).Name);
        }

        var token = await core.TokenAsync();
        Assert.Contains($"https://portal.example.com/account/confirm#{token}", (await core.LettersAsync())[0].Text, StringComparison.Ordinal);
        var confirmed = await core.Get<ConfirmEmail>().RunAsync(token, null, Cancel);
        Assert.Equal(AccountLinkPurpose.ConfirmEmail, confirmed.Value);
        Assert.True((await core.UserAsync()).EmailConfirmed);
        Assert.Equal("link-unusable", (await core.Get<ConfirmEmail>().RunAsync(token, null, Cancel)).Error?.Code);
    }

    [Fact]
    public async Task By_invitation_only_unless_it_is_opened()
    {
        Assert.Equal(SignUpMode.InvitationOnly, new AccountOptions().SignUp);
        await using var core = await AccountCore.StartAsync();
        core.Get<AccountOptions>().SignUp = SignUpMode.InvitationOnly;
        Assert.Equal("sign-up-closed", (await core.SignUpAsync()).Error?.Code);
        core.Get<AccountOptions>().SignUp = SignUpMode.Open;
        core.Get<CoreOptions>().PublicUrl = "";
        Assert.Equal("mail-not-configured", (await core.SignUpAsync()).Error?.Code);
        await using var db = await core.DbAsync();
        Assert.False(await db.Users.AnyAsync(Cancel));
    }

    [Fact]
    public async Task A_taken_address_answers_alike_and_tells_its_owner()
    {
        await using var core = await AccountCore.StartAsync();
        var user = await core.AddAccountAsync();
        Assert.True((await core.SignUpAsync(password: AccountCore.Another, team: "Thief")).IsDone);
        Assert.Equal(user.PasswordHash, (await core.UserAsync()).PasswordHash);
        Assert.Equal("You have an account already", (await core.LettersAsync())[^1].Subject);
        await using var db = await core.DbAsync();
        Assert.False(await db.Teams.AnyAsync(team => team.Name == "Thief", Cancel));
    }

    [Fact]
    public async Task Who_signed_up_with_a_strangers_address_leaves_no_way_in_behind()
    {
        await using var core = await AccountCore.StartAsync();
        Assert.True((await core.SignUpAsync(password: AccountCore.Another, team: "Thief")).IsDone);
        var thiefs = await core.TokenAsync();
        Assert.True((await core.SignUpAsync()).IsDone);

        Assert.Equal("link-unusable", (await core.Get<ConfirmEmail>().RunAsync(thiefs, null, Cancel)).Error?.Code);
        Assert.True((await core.Get<ConfirmEmail>().RunAsync(await core.TokenAsync(), null, Cancel)).IsDone);
        Assert.True(await core.IsPasswordAsync(AccountCore.Password));
        Assert.False(await core.IsPasswordAsync(AccountCore.Another));
        await using var db = await core.DbAsync();
        Assert.Equal("Own team", (await db.Teams.SingleAsync(team => team.Members.Any(), Cancel)).Name);
    }

    [Fact]
    public async Task Links_run_out_and_with_them_the_account()
    {
        var time = new FakeTime();
        await using var core = await AccountCore.StartAsync(time);
        Assert.True((await core.SignUpAsync()).IsDone);
        var token = await core.TokenAsync();
        time.Advance(TimeSpan.FromHours(24));
        Assert.Equal("link-unusable", (await core.Get<ConfirmEmail>().RunAsync(token, null, Cancel)).Error?.Code);
        time.Advance(TimeSpan.FromMinutes(1));
        await core.Get<Housekeeping>().RunOnceAsync(Cancel);
        await using var db = await core.DbAsync();
        Assert.False(await db.Users.AnyAsync(Cancel));
        Assert.False(await db.Teams.AnyAsync(team => team.Name == "Own team", Cancel));
        Assert.False(await db.AccountLinks.AnyAsync(Cancel));
    }

    [Fact]
    public async Task Many_with_one_link_confirm_once()
    {
        await using var core = await AccountCore.StartAsync();
        Assert.True((await core.SignUpAsync()).IsDone);
        var token = await core.TokenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => core.Get<ConfirmEmail>().RunAsync(token, null, Cancel), Cancel)));
        Assert.Single(answers, answer => answer.IsDone);
    }

    [Theory]
    [InlineData("nobody", AccountCore.Password, "Team", "email-invalid")]
    [InlineData("owner@example.com", "short", "Team", "password-short")]
    [InlineData("owner@example.com", "password123456", "Team", "password-common")]
    [InlineData("owner@example.com", AccountCore.Password, " ", "team-name-invalid")]
    public async Task A_form_that_is_wrong_is_told(string email, string password, string team, string code)
    {
        await using var core = await AccountCore.StartAsync();
        Assert.Equal(code, (await core.SignUpAsync(email, password, team)).Error?.Code);
    }

    [Fact]
    public async Task One_address_signs_up_only_so_often()
    {
        await using var core = await AccountCore.StartAsync(new FakeTime());
        for (var number = 0; number < SignInGuard.PerAddress.Free; number++)
            Assert.True((await core.SignUpAsync($"person{number}@example.com")).IsDone);
        Assert.Equal("too-many-tries", (await core.SignUpAsync("one-more@example.com")).Error?.Code);
        Assert.True((await core.SignUpAsync("one-more@example.com", address: "203.0.113.6")).IsDone);
    }
}
