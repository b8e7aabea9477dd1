using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Portal.Startup;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace FrappeHybrid.Portal.Account;

/// <summary>What the account pages post to. A cookie needs a plain response, so these are endpoints and not circuits.</summary>
internal static class AccountEndpoints
{
    public static void MapAccountEndpoints(this WebApplication portal)
    {
        // Form parameters make the framework check the antiforgery token.
        portal.MapPost(AccountPaths.SignOut, SignOutAsync).AllowAnonymous();
        portal.MapPost(AccountPaths.Redeem, RedeemAsync).AllowAnonymous().RequireRateLimiting(PortalSecurity.SignInLimit);
    }

    private static async Task<IResult> SignOutAsync([FromForm] string? returnUrl, SignInManager<PortalUser> signIn)
    {
        await signIn.SignOutAsync();
        return Results.LocalRedirect(AccountPaths.SignIn);
    }

    private static async Task<IResult> RedeemAsync([FromForm] string? token, [FromForm] string? returnUrl, SignInLinks links, UserManager<PortalUser> users, SignInFlow flow, HttpContext context)
    {
        var userId = string.IsNullOrWhiteSpace(token) ? null : await links.RedeemAsync(token, context.RequestAborted);
        var user = userId is null ? null : await users.FindByIdAsync(userId.Value.ToString());
        if (user is null || await users.IsLockedOutAsync(user))
        {
            await flow.RecordAsync(user, SignInFlow.Failed, context, "Failed to sign in with a link");
            return Results.LocalRedirect($"{AccountPaths.Enter}?problem=used");
        }

        await flow.CompleteAsync(context, user, SignInMethod.Link, isRemembered: false, trust: false);
        return Results.LocalRedirect(AccountPaths.LocalOrHome(returnUrl));
    }
}
