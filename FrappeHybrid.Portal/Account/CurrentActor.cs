using Microsoft.AspNetCore.Components.Authorization;

namespace FrappeHybrid.Portal.Account;

/// <summary>The actor of this circuit, read anew for each page: a role that was taken away counts at once.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, Actors actors)
{
    /// <summary>The signed-in actor; null when nobody is signed in or the account is gone.</summary>
    public async Task<Actor?> FindAsync(CancellationToken cancel)
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return await actors.OfAsync(state.User, cancel);
    }
}
