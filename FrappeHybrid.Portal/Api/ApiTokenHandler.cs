using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using FrappeHybrid.Core.Tokens;
using FrappeHybrid.Portal.Account;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FrappeHybrid.Portal.Api;

/// <summary>`Authorization: Bearer fh_...`, under <see cref="ApiPaths.Root"/> only. Never logs what it was given.</summary>
internal sealed class ApiTokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiTokenSignIn signIn, BadTokens badTokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string Name = "ApiToken";
    private const string Bearer = "Bearer ";
    private bool wasShown;
    private bool wasTooOften;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Context.IsApi() || Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        wasShown = true;
        var address = AddressOf(Context);
        wasTooOften = badTokens.AreTooMany(address);
        if (wasTooOften)
            return AuthenticateResult.Fail("Too many tokens that do not work came from this address.");
        if (await signIn.FindAsync(header[Bearer.Length..].Trim(), address, Context.RequestAborted) is not { Limit: { } limit } actor)
        {
            badTokens.Count(address);
            return AuthenticateResult.Fail("The token does not work.");
        }

        var identity = new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, actor.UserId.ToString()), new Claim(ClaimTypes.Name, actor.Name), new Claim(Claims.Token, limit.TokenId.ToString())], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceSafeAsync();
        if (wasTooOften)
        {
            Response.Headers.RetryAfter = BadTokens.Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            await ApiErrors.TooMany("Too many tokens that do not work came from this address.").ExecuteAsync(Context);
            return;
        }

        Response.Headers.WWWAuthenticate = wasShown ? "Bearer realm=\"FrappeHybrid\", error=\"invalid_token\"" : "Bearer realm=\"FrappeHybrid\"";
        await ApiErrors.Unauthorized(wasShown).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => ApiErrors.Of(ApiErrors.NotWithThisToken).ExecuteAsync(Context);

    private static string AddressOf(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString() : "unknown";
}
