namespace FrappeHybrid.Core.Accounts;

/// <summary>One browser that is signed in. The browser holds only a random key; everything else is here, so that a session can be ended from anywhere.</summary>
public sealed class PortalSession
{
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>SHA-256 of the key in the cookie, hex.</summary>
    public required string KeyHash { get; init; }

    /// <summary>The authentication ticket, encrypted at rest (purpose "session").</summary>
    public required string TicketProtected { get; set; }

    /// <summary>The user's security stamp for which it is good: a reset password makes all sessions worthless at once.</summary>
    public required string SecurityStamp { get; set; }

    public required SignInMethod Method { get; init; }

    /// <summary>Stays when the browser is closed.</summary>
    public required bool IsRemembered { get; init; }

    /// <summary>The address from which it began; null when it is not known.</summary>
    public string? Address { get; init; }

    /// <summary>E.g. "Firefox on Linux".</summary>
    public required string Browser { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the minute: not every request is a write.</summary>
    public required DateTimeOffset LastSeenAt { get; set; }

    public required DateTimeOffset ExpiresAt { get; set; }

    /// <summary>Somebody is there: it lasts on, but never beyond <see cref="PortalSessions.Longest"/>.</summary>
    public void Touch(DateTimeOffset now)
    {
        LastSeenAt = now;
        ExpiresAt = Until(CreatedAt, now, IsRemembered);
    }

    internal static DateTimeOffset Until(DateTimeOffset createdAt, DateTimeOffset now, bool isRemembered)
    {
        var idle = now + (isRemembered ? PortalSessions.RememberedFor : PortalSessions.IdleFor);
        var end = createdAt + PortalSessions.Longest;
        return idle < end ? idle : end;
    }
}
