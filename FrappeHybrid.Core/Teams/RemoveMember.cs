using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>Takes somebody out of a team. Open pages and API tokens lose their right with the row.</summary>
public sealed class RemoveMember(IDbContextFactory<PortalDb> databases, MembershipGate gate, TimeProvider time, Notifier notifier)
{
    /// <summary>Done, or why not: only owners remove owners, the last one stays.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid teamId, Guid userId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.ManageMembers, new Place(teamId)) is { } refused)
            return refused;
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await Memberships.FindAsync(db, teamId, userId, cancel) is not { } member)
            return Error.NotFound;
        if (member.Role is TeamRole.Owner && !actor.May(Capability.OwnTeam, new Place(teamId)))
            return TeamRules.OwnersOnly;
        if (await Memberships.IsLastOwnerAsync(db, member, cancel))
            return TeamRules.LastOwner;

        var before = await TeamThings.DescribeAsync(db, member, cancel);
        db.TeamMembers.Remove(member);
        var dropped = await Memberships.DropInvitationsAsync(db, teamId, userId, null, cancel);
        await RecordAsync(db, actor, member, before, dropped, cancel);
        notifier.MemberLeft(db, teamId, await Memberships.NameAsync(db, userId, cancel));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private async Task RecordAsync(PortalDb db, Actor actor, TeamMember member, string before, int dropped, CancellationToken cancel) => db.Activity.Add(ActivityEntry.Of(
        time, actor, new Place(member.TeamId), "remove-member", $"Removed {await Memberships.NameAsync(db, member.UserId, cancel)} from the team{Memberships.WithInvitations(dropped)}", member.UserId, before: before));
}
