using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>An owner lets support in for the time that was asked, or a shorter one, or says no.</summary>
public sealed class AnswerSupportAccess(IDbContextFactory<PortalDb> databases, MembershipGate gate, TimeProvider time, Notifier notifier)
{
    /// <summary>Done, or why not.</summary>
    /// <param name="isGranted">Yes or no.</param>
    /// <param name="minutes">For how long from now, at most what was asked; null for that.</param>
    public async Task<Result> RunAsync(Actor actor, Guid accessId, bool isGranted, int? minutes, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.SupportAccesses.SingleOrDefaultAsync(each => each.Id == accessId, cancel) is not { } access)
            return Error.NotFound;
        if (actor.Refuse(Capability.OwnTeam, access) is { } refused)
            return refused;
        if (actor.UserId == access.UserId)
            return new Error("own-request", "Nobody lets himself in.", "Another owner of the team decides.");
        if (access.State is not SupportAccessState.Asked)
            return new Error("answered-already", "This request was answered or taken back already.");
        if (minutes < SupportAccess.Shortest.TotalMinutes || minutes > access.Minutes)
            return new Error("access-time-invalid", $"Access is given for 15 minutes to {SupportAccess.Words(access.Minutes)}, which was asked.");
        if (isGranted && !await db.Users.AnyAsync(user => user.Id == access.UserId && user.Staff == StaffRole.Support && user.DisabledAt == null, cancel))
            return new Error("not-support", "Whoever asked is not support any more.", "Say no to the request.");

        access.Become(isGranted ? SupportAccessState.Granted : SupportAccessState.Refused, actor.Name, time.GetUtcNow(), minutes);
        await RecordAsync(db, actor, access, isGranted ? minutes ?? access.Minutes : null, cancel);
        notifier.SupportAccessChanged(db, access);
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private async Task RecordAsync(PortalDb db, Actor actor, SupportAccess access, int? minutes, CancellationToken cancel) => db.Activity.Add(ActivityEntry.Of(
        time, actor, await PlaceNow.FindAsync(db, access.TeamId, access.ThingId, cancel) ?? access.Place, minutes is null ? "refuse-support-access" : "grant-support-access",
        minutes is { } given ? $"Let {access.UserName} into {access.ThingName} for {SupportAccess.Words(given)}" : $"Did not let {access.UserName} into {access.ThingName}", access.Id));
}
