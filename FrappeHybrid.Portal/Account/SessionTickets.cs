using System.Security.Claims;
using FrappeHybrid.Core.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace FrappeHybrid.Portal.Account;

/// <summary>Keeps sessions in the database, so that the cookie holds nothing but a random key.</summary>
internal sealed class SessionTickets(PortalSessions sessions, KnownBrowsers browsers) : ITicketStore, IPostConfigureOptions<CookieAuthenticationOptions>
{
    /// <summary>The claim with the session's id.</summary>
    public const string SessionClaim = "session";

    /// <summary>The ticket's item that says how somebody signed in.</summary>
    public const string Method = "sign-in-method";

    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        if (name == IdentityConstants.ApplicationScheme)
            options.SessionStore = this;
    }

    public Task<string> StoreAsync(AuthenticationTicket ticket) => StoreAsync(ticket, null, CancellationToken.None);

    public Task<string> StoreAsync(AuthenticationTicket ticket, CancellationToken cancellationToken) => StoreAsync(ticket, null, cancellationToken);

    public Task<string> StoreAsync(AuthenticationTicket ticket, HttpContext? httpContext, CancellationToken cancellationToken) => sessions.AddAsync(
        new NewSession(
            ticket.Principal.FindUserId() ?? throw new InvalidOperationException("A session belongs to a user."),
            TicketSerializer.Default.Serialize(ticket),
            ticket.Properties.Items.TryGetValue(Method, out var text) && Enum.TryParse<SignInMethod>(text, out var method) ? method : SignInMethod.Password,
            ticket.Properties.IsPersistent,
            httpContext?.Address(),
            httpContext?.Request.Headers.UserAgent,
            // The request's own cookie, not the one that its answer brings.
            httpContext is null || ticket.Principal.FindUserId() is not { } user || browsers.BrowserOf(httpContext, user) is null),
        cancellationToken);

    public Task RenewAsync(string key, AuthenticationTicket ticket) => RenewAsync(key, ticket, CancellationToken.None);

    public Task RenewAsync(string key, AuthenticationTicket ticket, CancellationToken cancellationToken) =>
        sessions.ReplaceTicketAsync(key, ticket.Principal.FindUserId() ?? Guid.Empty, TicketSerializer.Default.Serialize(ticket), cancellationToken);

    public Task<AuthenticationTicket?> RetrieveAsync(string key) => RetrieveAsync(key, CancellationToken.None);

    public async Task<AuthenticationTicket?> RetrieveAsync(string key, CancellationToken cancellationToken)
    {
        if (await sessions.FindAsync(key, cancellationToken) is not { } session || TicketSerializer.Default.Deserialize(session.Ticket) is not { } ticket)
            return null;
        (ticket.Principal.Identity as ClaimsIdentity)?.AddClaim(new Claim(SessionClaim, session.Id.ToString()));
        ticket.Properties.ExpiresUtc = session.ExpiresAt;
        return ticket;
    }

    public Task RemoveAsync(string key) => sessions.RemoveAsync(key, CancellationToken.None);

    public Task RemoveAsync(string key, CancellationToken cancellationToken) => sessions.RemoveAsync(key, cancellationToken);
}
