using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;

namespace FrappeHybrid.Portal.Account;

/// <summary>The actor of this circuit, read anew for each page: a role that was taken away counts at once.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, ActorQueries actors)
{
    /// <summary>The signed-in actor; null when nobody is signed in or the account is gone.</summary>
    public async Task<Actor?> FindAsync(CancellationToken cancel)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return state.User.FindUserId() is { } user ? await actors.ForUserAsync(user, cancel) : null;
    }
}

/// <summary>Reads our claims.</summary>
internal static class Claims
{
    public static Guid? FindUserId(this ClaimsPrincipal principal) =>
        principal.Identity?.IsAuthenticated == true && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;
}
