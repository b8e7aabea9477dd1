using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>Limits a developer or viewer to some servers, benches and sites, or opens the whole team again.</summary>
public sealed class LimitMember(IDbContextFactory<PortalDb> databases, MembershipGate gate, TimeProvider time, Notifier notifier)
{
    /// <summary>Done, or why not.</summary>
    /// <param name="thingIds">Of servers, benches and sites of the team; null for the whole team.</param>
    public async Task<Result> RunAsync(Actor actor, Guid teamId, Guid userId, IReadOnlyList<Guid>? thingIds, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.ManageMembers, new Place(teamId)) is { } refused)
            return refused;
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await Memberships.FindAsync(db, teamId, userId, cancel) is not { } member)
            return Error.NotFound;
        if (userId == actor.UserId)
            return new Error("own-limits", "Nobody changes his own limits.", "Ask another owner or admin of the team.");
        var limit = await TeamThings.CheckLimitAsync(db, teamId, member.Role, thingIds, cancel);
        if (!limit.IsDone)
            return limit.Error;

        var places = await db.MemberPlaces.Where(place => place.TeamId == teamId && place.UserId == userId).ToListAsync(cancel);
        var wanted = limit.Value?.Select(thing => thing.Id).ToHashSet() ?? [];
        if (member.IsLimited == limit.Value is not null && wanted.SetEquals(places.Select(place => place.ThingId)))
            return Result.Done;
        var before = await TeamThings.DescribeAsync(db, member, cancel);
        var after = TeamThings.Describe(member.Role, limit.Value);
        db.MemberPlaces.RemoveRange(places.Where(place => !wanted.Contains(place.ThingId)));
        db.MemberPlaces.AddRange(wanted.Except(places.Select(place => place.ThingId)).Select(thing => new MemberPlace { TeamId = teamId, UserId = userId, ThingId = thing }));
        member.IsLimited = limit.Value is not null;
        await RecordAsync(db, actor, member, before, after, cancel);
        notifier.MemberRoleChanged(db, member.TeamId, member.UserId, await Memberships.NameAsync(db, member.UserId, cancel), member.Role);
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private async Task RecordAsync(PortalDb db, Actor actor, TeamMember member, string before, string after, CancellationToken cancel) => db.Activity.Add(ActivityEntry.Of(
        time, actor, new Place(member.TeamId), "limit-member", $"{(member.IsLimited ? "Limited" : "Opened the whole team to")} {await Memberships.NameAsync(db, member.UserId, cancel)}", member.UserId, before: before, after: after));
}
