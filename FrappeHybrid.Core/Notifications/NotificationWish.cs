namespace FrappeHybrid.Core.Notifications;

/// <summary>How one wants to be told of a kind.</summary>
public sealed record NotificationWish(NotificationKind Kind, bool InBell, bool ByEmail);
