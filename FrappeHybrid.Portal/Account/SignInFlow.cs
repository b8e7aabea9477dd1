using System.Security.Claims;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Activity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Portal.Account;

/// <summary>The only way in: every kind of sign-in ends in <see cref="CompleteAsync"/>. An account that there is not answers like one that there is, with the same work.</summary>
internal sealed class SignInFlow(
    UserManager<PortalUser> users,
    SignInManager<PortalUser> signIn,
    SignInGuard guard,
    KnownBrowsers browsers,
    SecondFactor secondFactor,
    SendConfirmation confirmation,
    SignInRecord record,
    IDbContextFactory<PortalDb> databases,
    IServiceScopeFactory scopes,
    TimeProvider time)
{
    public const string Wrong = "The e-mail address and the password do not belong together. Check both and try again.";
    /// <summary>What a failed try is recorded as.</summary>
    public const string Failed = "sign-in-failed";

    private const string StampClaim = "stamp";
    private const string RememberClaim = "remember";

    // The hash of a password that nobody knows, for accounts that there are not; made once, with the same costs as all others.
    private static readonly Lazy<string> NobodysHash = new(() => new PasswordHasher<PortalUser>().HashPassword(new PortalUser(), OneTimeToken.New()));

    public async Task<SignInOutcome> PasswordAsync(HttpContext context, string email, string password, bool isRemembered)
    {
        var cancel = context.RequestAborted;
        var user = await users.FindByEmailAsync(email);
        var attempt = await guard.BeginAsync(GuardedAct.Password, email, user is null ? null : browsers.BrowserOf(context, user.Id), context.Address(), cancel);
        if (!attempt.IsAllowed)
            return SignInOutcome.Of(TooMany(attempt));
        var isRight = user is { PasswordHash: not null }
            ? await users.CheckPasswordAsync(user, password)
            : users.PasswordHasher.VerifyHashedPassword(new PortalUser(), NobodysHash.Value, password) is PasswordVerificationResult.Success && user is not null;
        if (!isRight || await users.IsLockedOutAsync(user!))
        {
            await RecordAsync(user, Failed, context, "Failed to sign in with a password");
            return SignInOutcome.Of(Wrong);
        }

        await guard.SucceedAsync(attempt, cancel);
        if (!user!.EmailConfirmed)
        {
            await confirmation.RunAsync(user.Id, context.Address(), cancel);
            return SignInOutcome.Of("Confirm your e-mail address first: open the link in the letter that was sent to it.");
        }

        if (user.TwoFactorEnabled && !browsers.IsTrusted(context, user))
        {
            await AskForCodeAsync(context, user, isRemembered);
            return SignInOutcome.Code;
        }

        await CompleteAsync(context, user, SignInMethod.Password, isRemembered, trust: false);
        return SignInOutcome.In;
    }

    /// <summary>Whose password was right just now, for whom the second factor is missing.</summary>
    public async Task<PortalUser?> FindAskedAsync(HttpContext context) => (await ReadAskedAsync(context)).User;

    public async Task<SignInOutcome> CodeAsync(HttpContext context, string code, bool isRecovery, bool trust)
    {
        var (user, isRemembered) = await ReadAskedAsync(context);
        if (user is null)
            return SignInOutcome.Of("That took too long. Sign in with your password again.");
        var attempt = await guard.BeginAsync(GuardedAct.Code, user.Email, browsers.BrowserOf(context, user.Id), context.Address(), context.RequestAborted);
        if (!attempt.IsAllowed)
            return SignInOutcome.Of(TooMany(attempt));
        var isRight = isRecovery ? await secondFactor.UseRecoveryCodeAsync(user.Id, code, context.RequestAborted) : await secondFactor.UseCodeAsync(user.Id, code, context.RequestAborted);
        if (!isRight)
        {
            await RecordAsync(user, Failed, context, isRecovery ? "Gave a wrong recovery code" : "Gave a wrong code of the second factor");
            return SignInOutcome.Of(isRecovery ? "That is none of your recovery codes, or it was used already." : "That is not the code that the app shows now, or it was used already. Wait for the next one.");
        }

        await guard.SucceedAsync(attempt, context.RequestAborted);
        await CompleteAsync(context, user, isRecovery ? SignInMethod.PasswordAndRecoveryCode : SignInMethod.PasswordAndCode, isRemembered, trust);
        return SignInOutcome.In;
    }

    /// <summary>Signs the user in, in a new session with a new key, whoever was signed in here before. The caller has decided that it may be.</summary>
    public async Task CompleteAsync(HttpContext context, PortalUser user, SignInMethod method, bool isRemembered, bool trust)
    {
        browsers.Remember(context, user, trust);
        await context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
        if (context.User.FindUserId() is not null)
            await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        var properties = new AuthenticationProperties { IsPersistent = isRemembered, ExpiresUtc = time.GetUtcNow() + PortalSessions.Longest };
        properties.Items[SessionTickets.Method] = method.ToString();
        var principal = await signIn.CreateUserPrincipalAsync(user);
        // In a scope of its own, because this request's cookie handler remembers the key of the session that it found, and would use it again.
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IAuthenticationService>().SignInAsync(context, IdentityConstants.ApplicationScheme, principal, properties);
    }

    /// <summary>Writes down what happened to an account, or to one that there is not.</summary>
    public async Task RecordAsync(PortalUser? user, string what, HttpContext context, string summary)
    {
        await using var db = await databases.CreateDbContextAsync(context.RequestAborted);
        record.Add(db, user, what, context.Address(), summary, what == Failed ? ActivityResult.Failed : ActivityResult.Done);
        await db.SaveChangesAsync(context.RequestAborted);
    }

    private static string TooMany(SignInTry attempt) =>
        $"{AccountErrors.TooMany(attempt.Wait).Message} If you are in a hurry, set a new password with a letter, or use a passkey.";

    private static async Task AskForCodeAsync(HttpContext context, PortalUser user, bool isRemembered)
    {
        var identity = new ClaimsIdentity(IdentityConstants.TwoFactorUserIdScheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, user.Id.ToString()));
        identity.AddClaim(new Claim(StampClaim, user.SecurityStamp ?? ""));
        identity.AddClaim(new Claim(RememberClaim, isRemembered.ToString()));
        await context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(identity));
    }

    private async Task<(PortalUser? User, bool IsRemembered)> ReadAskedAsync(HttpContext context)
    {
        var asked = (await context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal;
        if (asked?.FindUserId() is not { } id || await users.FindByIdAsync(id.ToString()) is not { } user || asked.FindFirstValue(StampClaim) != user.SecurityStamp)
            return (null, false);
        return (user, asked.FindFirstValue(RememberClaim) == bool.TrueString);
    }
}
