using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>Somebody goes out of a team.</summary>
public sealed class LeaveTeam(IDbContextFactory<PortalDb> databases, MembershipGate gate, TimeProvider time, Notifier notifier)
{
    /// <summary>Done, or why not: the last owner stays.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid teamId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await Memberships.FindAsync(db, teamId, actor.UserId, cancel) is not { } member)
            return Error.NotFound;
        if (actor.RefuseProgram() is { } program)
            return program;
        if (await Memberships.IsLastOwnerAsync(db, member, cancel))
            return new Error("last-owner", "You are the team's last owner.", "Give the team to another member first, on its settings page; an empty team is removed by the operator.");
        var before = await TeamThings.DescribeAsync(db, member, cancel);
        db.TeamMembers.Remove(member);
        var dropped = await Memberships.DropInvitationsAsync(db, teamId, member.UserId, null, cancel);
        Record(db, actor, teamId, before, dropped);
        notifier.MemberLeft(db, teamId, actor.Name);
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private void Record(PortalDb db, Actor actor, Guid teamId, string before, int dropped) =>
        db.Activity.Add(ActivityEntry.Of(time, actor, new Place(teamId), "leave-team", $"Left the team{Memberships.WithInvitations(dropped)}", actor.UserId, before: before));
}
