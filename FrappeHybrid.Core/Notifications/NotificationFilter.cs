namespace FrappeHybrid.Core.Notifications;

/// <summary>Which notifications one wants to see.</summary>
/// <param name="UnreadOnly">Only those not read yet.</param>
/// <param name="Kind">Only of this kind.</param>
/// <param name="TeamId">Only of this team.</param>
public sealed record NotificationFilter(bool UnreadOnly = false, NotificationKind? Kind = null, Guid? TeamId = null);
