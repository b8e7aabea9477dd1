using System.Security.Claims;

namespace FrappeHybrid.Portal.Account;

/// <summary>Makes Core's <see cref="Actor"/> of who is signed in, with the address from where: the one way for pages, hubs and endpoints.</summary>
public sealed class Actors(ActorQueries queries)
{
    /// <summary>Who it is with all rights as they are now; null when nobody is signed in or the account is gone.</summary>
    public async Task<Actor?> OfAsync(ClaimsPrincipal? principal, CancellationToken cancel)
    {
        if (principal?.FindUserId() is not { } user)
            return null;
        var address = principal.FindFirstValue(Claims.Address);
        return principal.FindFirstValue(Claims.Token) is { } token ? await queries.ForTokenAsync(Guid.Parse(token), address, cancel) : await queries.ForUserAsync(user, address, cancel);
    }
}

/// <summary>Reads our claims.</summary>
internal static class Claims
{
    /// <summary>The IP address of the request, or of the connection that a circuit or hub has.</summary>
    public const string Address = "frappe-hybrid.address";

    /// <summary>The API token of a program; a person has none.</summary>
    public const string Token = "frappe-hybrid.token";

    public static Guid? FindUserId(this ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated == true && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    /// <summary>A circuit knows its principal and not its connection, so that the principal says from where it came.</summary>
    public static void UseAddressClaim(this WebApplication portal) => portal.Use((context, next) =>
    {
        if (context.User.Identity?.IsAuthenticated == true && context.Address() is { } address)
            context.User.AddIdentity(new ClaimsIdentity([new Claim(Address, address)]));
        return next(context);
    });

    /// <summary>The session through which the request or the circuit came; null when nobody is signed in.</summary>
    public static Guid? FindSessionId(this ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated == true && Guid.TryParse(principal.FindFirstValue(SessionTickets.SessionClaim), out var id) ? id : null;
}
