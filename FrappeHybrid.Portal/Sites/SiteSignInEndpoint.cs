using System.Security.Claims;
using System.Text.Encodings.Web;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Startup;
using Microsoft.AspNetCore.Mvc;

namespace FrappeHybrid.Portal.Sites;

/// <summary>
/// "Sign in as Administrator": a form of a site's page posts here, in a tab of its own. The answer is a page that posts the session on to the site, so that
/// the session is in no address, in no history, in no Referer and in no circuit.
/// </summary>
internal static class SiteSignInEndpoint
{
    public static void MapSiteSignIn(this WebApplication portal) =>
        portal.MapPost("/sites/{id:guid}/sign-in", SignInAsync).RequireAuthorization(nameof(Capability.ManageSites));

    // The form parameter makes the framework check the antiforgery token.
    private static async Task<IResult> SignInAsync(
        Guid id, [FromForm] string? reason, ClaimsPrincipal user, Actors actors, SignInAsAdministrator act, HttpContext context, CancellationToken cancel)
    {
        if (await actors.OfAsync(user, cancel) is not { } actor)
            return Results.Unauthorized();
        var signIn = await act.RunAsync(actor, id, reason ?? "", cancel);
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        if (!signIn.IsDone)
            return Page("No sign-in", $"<h1>{Encode(signIn.Error.Message)}</h1><p>{Encode(signIn.Error.Advice ?? "")}</p><p>Close this tab, then try again from the site's settings.</p>", StatusCodes.Status409Conflict);

        var address = signIn.Value.Address;
        context.Items[PortalSecurity.OwnPolicy] =
            $"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action {address.GetLeftPart(UriPartial.Authority)}; base-uri 'self'; frame-ancestors 'none'";
        return Page(
            "Signing in",
            $"""
            <h1>Signing you in to {Encode(address.Host)}</h1>
            <form method="post" action="{Encode(address.AbsoluteUri)}" data-send>
            <input type="hidden" name="sid" value="{Encode(signIn.Value.Sid)}" />
            <button class="button primary">Go on</button>
            </form>
            <script src="/js/send-form.js"></script>
            """,
            StatusCodes.Status200OK);
    }

    private static IResult Page(string title, string body, int status) => Results.Content(
        $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" /><title>{Encode(title)} - FrappeHybrid</title>
        <script src="/js/theme.js"></script><link rel="stylesheet" href="/css/tokens.css" /><link rel="stylesheet" href="/css/base.css" /></head>
        <body><main class="page">{body}</main></body></html>
        """,
        "text/html; charset=utf-8",
        statusCode: status);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
