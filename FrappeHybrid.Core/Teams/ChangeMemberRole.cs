using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>Gives a member another role. Owners and admins work in the whole team: who becomes one loses the limits.</summary>
public sealed class ChangeMemberRole(IDbContextFactory<PortalDb> databases, MembershipGate gate, TimeProvider time, Notifier notifier)
{
    /// <summary>Done, or why not: only owners decide who is one, the last owner stays, and nobody raises himself.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid teamId, Guid userId, TeamRole role, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.ManageMembers, new Place(teamId)) is { } refused)
            return refused;
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await Memberships.FindAsync(db, teamId, userId, cancel) is not { } member || !Enum.IsDefined(role))
            return Error.NotFound;
        if (member.Role == role)
            return Result.Done;
        if ((role is TeamRole.Owner || member.Role is TeamRole.Owner) && !actor.May(Capability.OwnTeam, new Place(teamId)))
            return TeamRules.OwnersOnly;
        if (userId == actor.UserId && role < member.Role)
            return new Error("own-role", "Nobody raises himself.", "Ask another owner or admin of the team.");
        if (await Memberships.IsLastOwnerAsync(db, member, cancel))
            return TeamRules.LastOwner;

        var before = await TeamThings.DescribeAsync(db, member, cancel);
        if (!TeamRules.CanBeLimited(role))
            await Memberships.UnlimitAsync(db, member, cancel);
        member.Role = role;
        var dropped = await Memberships.DropInvitationsAsync(db, teamId, userId, role, cancel);
        await RecordAsync(db, actor, member, before, dropped, cancel);
        notifier.MemberRoleChanged(db, teamId, userId, await Memberships.NameAsync(db, userId, cancel), role);
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private async Task RecordAsync(PortalDb db, Actor actor, TeamMember member, string before, int dropped, CancellationToken cancel) => db.Activity.Add(ActivityEntry.Of(
        time, actor, new Place(member.TeamId), "change-member-role", $"Made {await Memberships.NameAsync(db, member.UserId, cancel)} {member.Role}{Memberships.WithInvitations(dropped)}", member.UserId,
        before: before, after: await TeamThings.DescribeAsync(db, member, cancel)));
}
