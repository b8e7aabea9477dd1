using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>Ends an access before its time, or takes the request back: an owner, or who asked.</summary>
public sealed class EndSupportAccess(IDbContextFactory<PortalDb> databases, MembershipGate gate, TimeProvider time, Notifier notifier)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid accessId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.SupportAccesses.SingleOrDefaultAsync(each => each.Id == accessId, cancel) is not { } access)
            return Error.NotFound;
        if ((actor.UserId != access.UserId || actor.Limit is not null) && actor.Refuse(Capability.OwnTeam, access) is { } refused)
            return refused;
        var now = time.GetUtcNow();
        if (access.State is not SupportAccessState.Asked && !access.IsOpen(now))
            return new Error("ended-already", "This access has ended already.");
        var wasAsked = access.State is SupportAccessState.Asked;
        access.Become(SupportAccessState.Ended, actor.Name, now);
        await RecordAsync(db, actor, access, wasAsked, cancel);
        notifier.SupportAccessChanged(db, access);
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private async Task RecordAsync(PortalDb db, Actor actor, SupportAccess access, bool wasAsked, CancellationToken cancel) => db.Activity.Add(ActivityEntry.Of(
        time, actor, await PlaceNow.FindAsync(db, access.TeamId, access.ThingId, cancel) ?? access.Place, "end-support-access",
        wasAsked ? $"Took back the request for access to {access.ThingName}" : $"Ended {access.UserName}'s access to {access.ThingName}", access.Id));
}
