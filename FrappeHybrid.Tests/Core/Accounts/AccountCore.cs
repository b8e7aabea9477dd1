using FrappeHybrid.Core;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Mail;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Core.Accounts;

/// <summary>Core with letters and an open sign-up, and what tests do to accounts.</summary>
internal static class AccountCore
{
    public const string Email = "owner@example.com";
    public const string Password = "correct horse battery";
    public const string Another = "another rather long sentence";

    public static async Task<TestCore> StartAsync(TimeProvider? time = null)
    {
        var core = await TestCore.StartAsync(time);
        core.Get<CoreOptions>().PublicUrl = "https://portal.example.com/";
        core.Get<MailOptions>().Host = "mail.example.com";
        core.Get<AccountOptions>().SignUp = SignUpMode.Open;

        // Nobody sends here: letters stay where a test finds them.
        core.Get<MailOptions>().Host = "mail.example.com";
        return core;
    }

    public static Task<Result> SignUpAsync(this TestCore core, string email = Email, string password = Password, string team = "Own team", string? address = "203.0.113.5") =>
        core.Get<SignUp>().RunAsync(new SignUpRequest(email, password, "", team), address, TestCore.Cancel);

    /// <summary>An account whose address is confirmed.</summary>
    public static async Task<PortalUser> AddAccountAsync(this TestCore core, string email = Email)
    {
        Assert.True((await core.SignUpAsync(email)).IsDone);
        var confirmed = await core.Get<ConfirmEmail>().RunAsync(await core.TokenAsync(email), null, TestCore.Cancel);
        Assert.True(confirmed.IsDone, confirmed.Error?.Message);
        return await core.UserAsync(email);
    }

    public static async Task<PortalUser> UserAsync(this TestCore core, string email = Email)
    {
        await using var db = await core.DbAsync();
        return await db.Users.AsNoTracking().SingleAsync(user => user.Email == email, TestCore.Cancel);
    }

    public static Task<string> TokenAsync(this TestCore core, string to = Email) => Mailbox.TokenAsync(core.Get<IDbContextFactory<PortalDb>>(), core.Get<SecretVault>(), to);

    public static Task<IReadOnlyList<(string Subject, string Text)>> LettersAsync(this TestCore core, string to = Email) => Mailbox.ReadAsync(core.Get<IDbContextFactory<PortalDb>>(), core.Get<SecretVault>(), to);

    public static async Task<bool> IsPasswordAsync(this TestCore core, string password, string email = Email)
    {
        await using var scope = core.Get<IServiceScopeFactory>().CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<PortalUser>>();
        return await users.CheckPasswordAsync((await users.FindByEmailAsync(email))!, password);
    }

    public static Task<string> AddSessionAsync(this TestCore core, Guid userId, bool isRemembered = false, bool isNewBrowser = false) =>
        core.Get<PortalSessions>().AddAsync(new NewSession(userId, [1, 2, 3], SignInMethod.Password, isRemembered, "203.0.113.5", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", isNewBrowser), TestCore.Cancel);

    public static async Task<IReadOnlyList<string>> RecordAsync(this TestCore core)
    {
        await using var db = await core.DbAsync();
        return await db.Activity.Where(entry => entry.TeamId == Guid.Empty).OrderBy(entry => entry.Number).Select(entry => $"{entry.UserName}: {entry.Summary}").ToListAsync(TestCore.Cancel);
    }
}
