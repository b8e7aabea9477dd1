using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>Support asks a team's owner to be let in for a time: to all of the team, or to one server, bench or site.</summary>
public sealed class AskForAccess(IDbContextFactory<PortalDb> databases, MembershipGate gate, TimeProvider time, Notifier notifier)
{
    /// <summary>How many requests one person makes within a day.</summary>
    public const int MostADay = 30;

    private const string Act = "ask-for-access";

    /// <summary>The request's id.</summary>
    /// <param name="thingId">The server's, bench's or site's; the team's own for all of it.</param>
    /// <param name="reason">5 to 500 characters; the owner reads it.</param>
    /// <param name="minutes">15 minutes to 3 days, from the moment of the yes.</param>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid teamId, Guid thingId, string reason, int minutes, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.AskForAccess, Place.Portal) is { } refused)
            return refused;
        reason = (reason ?? "").Trim();
        if (reason.Length is < 5 or > 500 || reason.Any(each => char.IsControl(each) && each is not '\n' and not '\r'))
            return new Error("reason-invalid", "A reason has 5 to 500 characters.", "Say what you want to do there: the owner decides by it.");
        if (minutes < SupportAccess.Shortest.TotalMinutes || minutes > SupportAccess.Longest.TotalMinutes)
            return new Error("access-time-invalid", "Access is asked for 15 minutes to 3 days.");

        using var turn = await gate.EnterAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Teams.SingleOrDefaultAsync(each => each.Id == teamId && each.ArchivedAt == null, cancel) is not { } team
            || await PlaceNow.FindAsync(db, teamId, thingId, cancel) is not { } place)
            return Error.NotFound;
        var now = time.GetUtcNow();
        if (await db.SupportAccesses.AnyAsync(each => each.UserId == actor.UserId && each.ThingId == thingId && (each.State == SupportAccessState.Asked || (each.State == SupportAccessState.Granted && each.Until > now)), cancel))
            return new Error("asked-already", "You have asked for access here already.", "Wait for the owner's answer, or take the request back and ask anew.");
        var since = now.AddDays(-1);
        if (await db.Activity.CountAsync(entry => entry.UserId == actor.UserId && entry.Act == Act && entry.At > since, cancel) >= MostADay)
            return new Error("asked-too-often", $"You have asked {MostADay} times within a day.", "Go on tomorrow, or ask an operator.");

        var access = new SupportAccess
        {
            Id = NewId.At(time),
            TeamId = teamId,
            ThingId = thingId,
            ThingName = (await TeamThings.FindAsync(db, teamId, [thingId], cancel)).TryGetValue(thingId, out var thing) ? thing.Words : $"team {team.Name}",
            UserId = actor.UserId,
            UserName = actor.Name,
            Reason = reason,
            Minutes = minutes,
            AskedAt = now,
        };
        db.SupportAccesses.Add(access);
        Record(db, actor, place, access);
        notifier.SupportAccessChanged(db, access);
        await db.SaveChangesAsync(cancel);
        return access.Id;
    }

    private void Record(PortalDb db, Actor actor, Place place, SupportAccess access) =>
        db.Activity.Add(ActivityEntry.Of(time, actor, place, Act, $"Asked for access to {access.ThingName} for {SupportAccess.Words(access.Minutes)}", access.Id, reason: access.Reason));
}
