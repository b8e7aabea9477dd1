using FrappeHybrid.Core.Data;

namespace FrappeHybrid.Core.Notifications;

/// <summary>Who or what hears of events.</summary>
public interface INotificationChannel
{
    /// <summary>Adds who is to be told to what the caller is about to save. Called once for each event; again when that save did not come about.</summary>
    Task AddAsync(PortalDb db, NotificationEvent told, CancellationToken cancel);
}
