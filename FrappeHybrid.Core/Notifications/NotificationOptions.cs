namespace FrappeHybrid.Core.Notifications;

/// <summary>Settings of notifications, section "Notifications" of appsettings.json.</summary>
public sealed class NotificationOptions
{
    /// <summary>A server is told as away when it has been unreachable for so long, so that one that comes and goes does not ring with each time.</summary>
    public TimeSpan ServerAwayAfter { get; set; } = TimeSpan.FromMinutes(2);
}
