using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Notifications;

/// <summary>Marks all of one's own notifications as read, up to the newest that one sees: what comes in this very moment stays unread.</summary>
public sealed class ReadAllNotifications(IDbContextFactory<PortalDb> databases, LiveChanges live, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid newestId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Notifications.AsNoTracking().SingleOrDefaultAsync(each => each.Id == newestId && each.UserId == actor.UserId, cancel) is not { } newest)
            return Error.NotFound;
        var now = time.GetUtcNow();
        await db.Notifications.Where(each => each.UserId == actor.UserId && each.InBell && each.ReadAt == null && each.At <= newest.At)
            .ExecuteUpdateAsync(set => set.SetProperty(each => each.ReadAt, now), cancel);
        // A statement past the context: other windows of the same person hear of it from here.
        live.Publish(new LiveChange(nameof(Notification), actor.UserId, Guid.Empty));
        return Result.Done;
    }
}
