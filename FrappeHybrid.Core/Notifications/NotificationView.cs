namespace FrappeHybrid.Core.Notifications;

/// <summary>A notification as its owner sees it.</summary>
/// <param name="Path">The page that shows what it is about.</param>
/// <param name="TeamName">Null for what is of no team.</param>
public sealed record NotificationView(Guid Id, NotificationKind Kind, string Title, string? Detail, string Path, DateTimeOffset At, bool IsRead, string? TeamName)
{
    /// <summary>How it came out.</summary>
    public NotificationTone Tone => NotificationKinds.Of(Kind).Tone;
}
