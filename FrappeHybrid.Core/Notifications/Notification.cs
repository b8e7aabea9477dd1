namespace FrappeHybrid.Core.Notifications;

/// <summary>An event for one person: in the bell, by e-mail, or both. One for each event and person.</summary>
public sealed class Notification
{
    public required Guid Id { get; init; }

    public required Guid EventId { get; init; }

    /// <summary>Who is told.</summary>
    public required Guid UserId { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>It is in the bell.</summary>
    public required bool InBell { get; init; }

    /// <summary>When it was read in the bell or marked as read.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>It is to go out by e-mail.</summary>
    public required bool ByEmail { get; init; }

    /// <summary>When it was put into a letter.</summary>
    public DateTimeOffset? MailedAt { get; set; }

    public NotificationEvent Event { get; init; } = null!;
}
