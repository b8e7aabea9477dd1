using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Notifications;

/// <summary>Marks one of one's own notifications as read. Nobody else's concern, so that nothing of it is written into the activity.</summary>
public sealed class ReadNotification(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, also when it was read already; or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid notificationId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Notifications.SingleOrDefaultAsync(each => each.Id == notificationId && each.UserId == actor.UserId, cancel) is not { } notification)
            return Error.NotFound;
        if (notification.ReadAt is null)
        {
            notification.ReadAt = time.GetUtcNow();
            await db.SaveChangesAsync(cancel);
        }

        return Result.Done;
    }
}
