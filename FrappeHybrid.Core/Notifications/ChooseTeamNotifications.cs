using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Notifications;

/// <summary>Keeps how the members of a team are told who chose nothing themselves.</summary>
public sealed class ChooseTeamNotifications(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not. None at all takes back what was chosen.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid teamId, IReadOnlyList<NotificationWish>? wishes, CancellationToken cancel)
    {
        if (actor.Refuse(Capability.ManageMembers, new Place(teamId)) is { } refused)
            return refused;
        wishes ??= [];
        if (wishes.Any(wish => NotificationKinds.Of(wish.Kind).IsPersonal))
            return new Error("notification-not-of-a-team", "This kind belongs to a person, not to a team.", "Leave it out.");
        await using var db = await databases.CreateDbContextAsync(cancel);
        var before = await NotificationWishes.ReplaceAsync(db, Guid.Empty, teamId, wishes, cancel);
        db.Activity.Add(ActivityEntry.Of(time, actor, new Place(teamId), "choose-team-notifications", "Set what the team's members are told of", teamId, before: NotificationWishes.Describe(before), after: NotificationWishes.Describe(wishes)));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
