namespace FrappeHybrid.Core.Notifications;

/// <summary>How what is told came out.</summary>
public enum NotificationTone
{
    /// <summary>Neither good nor bad.</summary>
    Told,

    /// <summary>It went well.</summary>
    Done,

    /// <summary>Somebody should look.</summary>
    Failed,
}
