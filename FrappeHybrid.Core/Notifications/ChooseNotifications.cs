using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Notifications;

/// <summary>Keeps how somebody wants to be told: everywhere, or otherwise in one team.</summary>
public sealed class ChooseNotifications(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    /// <param name="teamId">Only in this team; everywhere when null.</param>
    /// <param name="wishes">What is not among them is told as everywhere else, or as its rule says; none at all takes back what was chosen.</param>
    public async Task<Result> RunAsync(Actor actor, Guid? teamId, IReadOnlyList<NotificationWish> wishes, CancellationToken cancel)
    {
        // A program does not choose for the person whose token it has.
        if (actor.Limit is not null || (teamId is { } team && !actor.May(Capability.View, new Place(team))))
            return Error.NotFound;
        if (teamId is not null && wishes.Any(wish => NotificationKinds.Of(wish.Kind).IsPersonal))
            return new Error("notification-not-of-a-team", "This kind belongs to your account, not to a team.", "Choose it for all teams.");
        var place = new Place(teamId ?? Guid.Empty);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var before = await NotificationWishes.ReplaceAsync(db, actor.UserId, place.TeamId, wishes, cancel);
        db.Activity.Add(ActivityEntry.Of(time, actor, place, "choose-notifications", "Chose what to be told of", actor.UserId, before: NotificationWishes.Describe(before), after: NotificationWishes.Describe(wishes)));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
