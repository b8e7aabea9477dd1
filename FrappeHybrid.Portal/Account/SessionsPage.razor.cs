using FrappeHybrid.Core.Accounts;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Account;

/// <summary>Where one is signed in, and an end to it.</summary>
public partial class SessionsPage
{
    private IReadOnlyList<SessionView> sessions = [];
    private DateTimeOffset now;

    [Inject]
    private PortalSessions Sessions { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        now = Time.GetUtcNow();
        sessions = await Sessions.ListAsync(Account.Id, Cancel);
    }

    private async Task EndAsync(Guid session)
    {
        await Sessions.EndAsync(Account.Id, session, Address, Cancel);
        Reload(AccountPaths.Sessions, "one");
    }

    private async Task EndOthersAsync()
    {
        await Sessions.EndAllAsync(Account.Id, SessionId, Address, Cancel);
        Reload(AccountPaths.Sessions, "others");
    }

    private async Task EndAllAsync()
    {
        await Sessions.EndAllAsync(Account.Id, null, Address, Cancel);
        Navigation.NavigateTo(AccountPaths.SignIn);
    }

    private string Describe(SessionView session)
    {
        var how = session.Method switch
        {
            SignInMethod.Password => "with a password",
            SignInMethod.PasswordAndCode => "with a password and a code",
            SignInMethod.PasswordAndRecoveryCode => "with a password and a recovery code",
            SignInMethod.Passkey => "with a passkey",
            SignInMethod.Link => "with a sign-in link",
            _ => throw new InvalidOperationException($"{session.Method} is not a way to sign in."),
        };
        return $"{session.Address ?? "unknown address"}, {how}, ends after {(session.IsRemembered ? "14 days" : "12 hours")} without use";
    }
}
