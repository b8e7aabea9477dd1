using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Portal.Startup;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace FrappeHybrid.Portal.Account;

/// <summary>What the passkey script asks, and where the sign-in with one is posted. A passkey asks for a finger, a face or a PIN: it stands for both factors.</summary>
internal static class PasskeyEndpoints
{
    public static void MapPasskeyEndpoints(this WebApplication portal)
    {
        // Form parameters make the framework check the antiforgery token.
        portal.MapPost(AccountPaths.PasskeyOptions, OptionsAsync).AllowAnonymous().RequireRateLimiting(PortalSecurity.SignInLimit);
        portal.MapPost(AccountPaths.PasskeySignIn, SignInAsync).AllowAnonymous().RequireRateLimiting(PortalSecurity.SignInLimit);
        portal.MapPost(AccountPaths.PasskeyCreation, CreationAsync).RequireAuthorization(Capabilities.OwnAccount).RequireRateLimiting(PortalSecurity.SignInLimit);
    }

    // For no user in particular: the browser offers the passkeys that it has for this portal, and nobody learns who has one.
    private static async Task<IResult> OptionsAsync([FromForm] string? purpose, SignInManager<PortalUser> signIn) =>
        Results.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json");

    private static async Task<IResult> CreationAsync([FromForm] string? purpose, SignInManager<PortalUser> signIn, UserManager<PortalUser> users, HttpContext context)
    {
        if (await users.GetUserAsync(context.User) is not { } user)
            return Results.Unauthorized();
        var entity = new PasskeyUserEntity { Id = user.Id.ToString(), Name = user.Email ?? "", DisplayName = user.Name ?? user.Email ?? "" };
        return Results.Content(await signIn.MakePasskeyCreationOptionsAsync(entity), "application/json");
    }

    private static async Task<IResult> SignInAsync(
        [FromForm] string? credential, [FromForm] string? returnUrl, SignInManager<PortalUser> signIn, UserManager<PortalUser> users, SignInGuard guard, SignInFlow flow, HttpContext context)
    {
        var attempt = await guard.BeginAsync(GuardedAct.Password, null, null, context.Address(), context.RequestAborted);
        if (!attempt.IsAllowed)
            return Results.LocalRedirect($"{AccountPaths.SignIn}?passkey=wait");
        var found = string.IsNullOrWhiteSpace(credential) ? null : await PasskeyErrors.ToNullAsync(() => signIn.PerformPasskeyAssertionAsync(credential));
        if (found is not { Succeeded: true } || !found.User.EmailConfirmed || await users.IsLockedOutAsync(found.User))
        {
            await flow.RecordAsync(found?.User, SignInFlow.Failed, context, "Failed to sign in with a passkey");
            return Results.LocalRedirect($"{AccountPaths.SignIn}?passkey=failed");
        }

        // Its counter moves on, so that a copy of the key is noticed.
        await users.AddOrUpdatePasskeyAsync(found.User, found.Passkey);
        await guard.SucceedAsync(attempt, context.RequestAborted);
        await flow.CompleteAsync(context, found.User, SignInMethod.Passkey, isRemembered: false, trust: false);
        return Results.LocalRedirect(AccountPaths.LocalOrHome(returnUrl));
    }
}
