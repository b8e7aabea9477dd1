using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static FrappeHybrid.Tests.Core.Support.TestCore;

namespace FrappeHybrid.Tests.Core.Accounts;

public sealed class PasswordResetTests
{
    [Fact]
    public async Task A_link_sets_the_password_once_and_signs_out_everywhere()
    {
        await using var core = await AccountCore.StartAsync();
        var user = await core.AddAccountAsync();
        var session = await core.AddSessionAsync(user.Id);
        var linkOfOperator = await core.Get<SignInLinks>().CreateAsync(user.Id, TimeSpan.FromHours(1), Cancel);
        Assert.True((await AskAsync(core)).IsDone);
        var token = await core.TokenAsync();

        Assert.Equal("password-common", (await ResetAsync(core, token, "password123456")).Error?.Code);
        Assert.NotNull(await core.Get<PortalSessions>().FindAsync(session, Cancel));
        var done = await ResetAsync(core, token, AccountCore.Another);
        Assert.Equal(user.Id, done.Value);
        Assert.True(await core.IsPasswordAsync(AccountCore.Another));
        Assert.False(await core.IsPasswordAsync(AccountCore.Password));
        Assert.NotEqual(user.SecurityStamp, (await core.UserAsync()).SecurityStamp);
        Assert.Null(await core.Get<PortalSessions>().FindAsync(session, Cancel));
        Assert.Null(await core.Get<SignInLinks>().RedeemAsync(linkOfOperator, Cancel));
        Assert.Equal("Your password was changed", (await core.LettersAsync())[^1].Subject);
        Assert.Equal("link-unusable", (await ResetAsync(core, token, AccountCore.Password)).Error?.Code);
    }

    [Fact]
    public async Task Many_with_one_link_reset_once()
    {
        await using var core = await AccountCore.StartAsync();
        await core.AddAccountAsync();
        Assert.True((await AskAsync(core)).IsDone);
        var token = await core.TokenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(() => ResetAsync(core, token, $"{AccountCore.Another} {number}"), Cancel)));
        Assert.Single(answers, answer => answer.IsDone);
    }

    [Fact]
    public async Task A_link_works_for_an_hour()
    {
        var time = new FakeTime();
        await using var core = await AccountCore.StartAsync(time);
        await core.AddAccountAsync();
        Assert.True((await AskAsync(core)).IsDone);
        var token = await core.TokenAsync();
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("link-unusable", (await ResetAsync(core, token, AccountCore.Another)).Error?.Code);
        Assert.True(await core.IsPasswordAsync(AccountCore.Password));
    }

    [Fact]
    public async Task A_link_for_one_thing_does_nothing_else()
    {
        await using var core = await AccountCore.StartAsync();
        Assert.True((await core.SignUpAsync()).IsDone);
        Assert.Equal("link-unusable", (await ResetAsync(core, await core.TokenAsync(), AccountCore.Another)).Error?.Code);
        await core.AddAccountAsync("other@example.com");
        Assert.True((await AskAsync(core, "other@example.com")).IsDone);
        Assert.Equal("link-unusable", (await core.Get<ConfirmEmail>().RunAsync(await core.TokenAsync("other@example.com"), null, Cancel)).Error?.Code);
    }

    [Fact]
    public async Task Nobody_learns_whether_there_is_an_account()
    {
        await using var core = await AccountCore.StartAsync();
        await core.AddAccountAsync();
        var known = await AskAsync(core);
        var unknown = await AskAsync(core, "nobody@example.com");
        Assert.Equal(known, unknown);
        Assert.Empty(await core.LettersAsync("nobody@example.com"));
        await using var db = await core.DbAsync();
        Assert.Equal(1, await db.AccountLinks.CountAsync(Cancel));
        Assert.Contains("Unknown account: Asked for a new password", await core.RecordAsync());
    }

    [Fact]
    public async Task Three_letters_an_hour_and_no_more()
    {
        var time = new FakeTime();
        await using var core = await AccountCore.StartAsync(time);
        await core.AddAccountAsync();
        time.Advance(TimeSpan.FromHours(1));
        for (var number = 0; number < 5; number++)
            Assert.True((await AskAsync(core)).IsDone);
        Assert.Equal(3, (await core.LettersAsync()).Count(letter => letter.Subject == "Set a new password"));
        time.Advance(TimeSpan.FromHours(1));
        Assert.True((await AskAsync(core)).IsDone);
        Assert.Equal(4, (await core.LettersAsync()).Count(letter => letter.Subject == "Set a new password"));
    }

    [Fact]
    public async Task Changing_it_keeps_the_session_that_did_it_and_ends_the_others()
    {
        await using var core = await AccountCore.StartAsync();
        var user = await core.AddAccountAsync();
        var mine = await core.AddSessionAsync(user.Id);
        var other = await core.AddSessionAsync(user.Id);
        var sessions = core.Get<PortalSessions>();
        var id = (await sessions.FindAsync(mine, Cancel))!.Id;

        Assert.Equal("password-wrong", (await core.Get<ChangePassword>().RunAsync(user.Id, "not it", AccountCore.Another, id, null, Cancel)).Error?.Code);
        Assert.NotNull(await sessions.FindAsync(other, Cancel));
        Assert.True((await core.Get<ChangePassword>().RunAsync(user.Id, AccountCore.Password, AccountCore.Another, id, null, Cancel)).IsDone);
        Assert.NotNull(await sessions.FindAsync(mine, Cancel));
        Assert.Null(await sessions.FindAsync(other, Cancel));
        Assert.True(await core.IsPasswordAsync(AccountCore.Another));
    }

    [Fact]
    public async Task A_new_address_counts_once_its_link_is_opened_and_the_old_one_is_told()
    {
        await using var core = await AccountCore.StartAsync();
        var user = await core.AddAccountAsync();
        var act = core.Get<RequestEmailChange>();
        Assert.Equal("password-wrong", (await act.RunAsync(user.Id, "not it", "new@example.com", null, Cancel)).Error?.Code);
        Assert.True((await act.RunAsync(user.Id, AccountCore.Password, "new@example.com", null, Cancel)).IsDone);
        Assert.Equal("Your e-mail address is being changed", (await core.LettersAsync())[^1].Subject);
        Assert.Equal(AccountCore.Email, (await core.UserAsync()).Email);

        Assert.Equal(AccountLinkPurpose.ChangeEmail, (await core.Get<ConfirmEmail>().RunAsync(await core.TokenAsync("new@example.com"), null, Cancel)).Value);
        var changed = await core.UserAsync("new@example.com");
        Assert.Equal((user.Id, "new@example.com", "NEW@EXAMPLE.COM"), (changed.Id, changed.UserName, changed.NormalizedEmail));
        Assert.Equal("Your e-mail address was changed", (await core.LettersAsync())[^1].Subject);
    }

    [Fact]
    public async Task An_address_of_somebody_else_is_neither_taken_nor_told()
    {
        await using var core = await AccountCore.StartAsync();
        var user = await core.AddAccountAsync();
        await core.AddAccountAsync("other@example.com");
        Assert.True((await core.Get<RequestEmailChange>().RunAsync(user.Id, AccountCore.Password, "other@example.com", null, Cancel)).IsDone);
        Assert.DoesNotContain(await core.LettersAsync("other@example.com"), letter => letter.Subject == "Confirm your new e-mail address");

        // Taken between the letter and its link.
        Assert.True((await core.Get<RequestEmailChange>().RunAsync(user.Id, AccountCore.Password, "third@example.com", null, Cancel)).IsDone);
        var token = await core.TokenAsync("third@example.com");
        await core.AddAccountAsync("third@example.com");
        Assert.Equal("email-taken", (await core.Get<ConfirmEmail>().RunAsync(token, null, Cancel)).Error?.Code);
    }

    [Fact]
    public async Task A_new_password_takes_back_a_change_of_address_that_is_on_its_way()
    {
        await using var core = await AccountCore.StartAsync();
        var user = await core.AddAccountAsync();
        Assert.True((await core.Get<RequestEmailChange>().RunAsync(user.Id, AccountCore.Password, "thief@example.com", null, Cancel)).IsDone);
        Assert.True((await core.Get<ChangePassword>().RunAsync(user.Id, AccountCore.Password, AccountCore.Another, null, null, Cancel)).IsDone);
        Assert.Equal("link-unusable", (await core.Get<ConfirmEmail>().RunAsync(await core.TokenAsync("thief@example.com"), null, Cancel)).Error?.Code);
    }

    private static Task<FrappeHybrid.Core.Common.Result> AskAsync(TestCore core, string email = AccountCore.Email) => core.Get<RequestPasswordReset>().RunAsync(email, "203.0.113.9", Cancel);

    private static Task<FrappeHybrid.Core.Common.Result<Guid>> ResetAsync(TestCore core, string token, string password) => core.Get<ResetPassword>().RunAsync(token, password, "203.0.113.9", Cancel);
}
