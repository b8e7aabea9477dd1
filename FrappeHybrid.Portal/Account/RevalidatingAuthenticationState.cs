using System.Security.Claims;
using FrappeHybrid.Core.Accounts;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace FrappeHybrid.Portal.Account;

/// <summary>
/// A circuit would stay signed in for as long as it lives, so it asks every 20 seconds whether its session is still good. When it is not, the state becomes anonymous and
/// the page leaves for the sign-in (Routes, ToSignIn).
/// </summary>
internal sealed class RevalidatingAuthenticationState : ServerAuthenticationStateProvider, IDisposable
{
    /// <summary>How often it asks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    private readonly PortalSessions sessions;
    private readonly CircuitUse use;
    private readonly ILogger<RevalidatingAuthenticationState> logger;
    private readonly CancellationTokenSource gone = new();
    private readonly ITimer timer;

    public RevalidatingAuthenticationState(PortalSessions sessions, CircuitUse use, TimeProvider time, ILogger<RevalidatingAuthenticationState> logger)
    {
        this.sessions = sessions;
        this.use = use;
        this.logger = logger;
        timer = time.CreateTimer(_ => _ = CheckAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        AuthenticationStateChanged += OnChanged;
    }

    public void Dispose()
    {
        AuthenticationStateChanged -= OnChanged;
        timer.Dispose();
        gone.Cancel();
        gone.Dispose();
    }

    private async void OnChanged(Task<AuthenticationState> task)
    {
        try
        {
            if ((await task).User.FindSessionId() is not null)
                timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }
        catch (Exception problem) when (problem is ObjectDisposedException or OperationCanceledException)
        {
            // The circuit has gone.
        }
    }

    private async Task CheckAsync()
    {
        try
        {
            var state = await GetAuthenticationStateAsync();
            if (state.User.FindSessionId() is not { } session)
                return;
            if (await sessions.IsGoodAsync(session, use.Take(), gone.Token))
                timer.Change(Interval, Timeout.InfiniteTimeSpan);
            else
                SignOut();
        }
        catch (Exception problem) when (problem is ObjectDisposedException or OperationCanceledException)
        {
            // The circuit has gone.
        }
        catch (Exception problem)
        {
            // Who cannot be asked about is not let go on.
            logger.LogError(problem, "A circuit could not ask whether its session is still good");
            SignOut();
        }
    }

    private void SignOut() => SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity()))));
}
