namespace FrappeHybrid.Core.Accounts;

/// <summary>What is known when somebody signs in.</summary>
/// <param name="Ticket">The serialised authentication ticket.</param>
/// <param name="IsRemembered">Whether it stays when the browser is closed.</param>
/// <param name="UserAgent">As the browser sent it.</param>
/// <param name="IsNewBrowser">Nobody has signed in to this account from that browser before.</param>
public sealed record NewSession(Guid UserId, byte[] Ticket, SignInMethod Method, bool IsRemembered, string? Address, string? UserAgent, bool IsNewBrowser);
