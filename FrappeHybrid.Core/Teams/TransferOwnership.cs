using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>An owner gives the team to another member and is an admin from then on.</summary>
public sealed class TransferOwnership(IDbContextFactory<PortalDb> databases, MembershipGate gate, TimeProvider time, Notifier notifier)
{
    /// <summary>Done, or why not.</summary>
    /// <param name="userId">The member who becomes an owner.</param>
    /// <param name="name">The team's name, typed to confirm.</param>
    public async Task<Result> RunAsync(Actor actor, Guid teamId, Guid userId, string name, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OwnTeam, new Place(teamId)) is { } refused)
            return refused;
        if (actor.RefuseProgram() is { } program)
            return program;
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Teams.SingleOrDefaultAsync(each => each.Id == teamId && each.ArchivedAt == null, cancel) is not { } team)
            return Error.NotFound;
        if (!string.Equals((name ?? "").Trim(), team.Name, StringComparison.Ordinal))
            return new Error("name-differs", "That is not the team's name.", $"Type {team.Name} to confirm.");
        if (await Memberships.FindAsync(db, teamId, actor.UserId, cancel) is not { Role: TeamRole.Owner } giver)
            return new Error("not-owner", "Only an owner gives the team away.", "Make the member an owner instead, on the page Members.");
        if (userId == actor.UserId || await Memberships.FindAsync(db, teamId, userId, cancel) is not { } taker)
            return new Error("not-member", "That is no other member of the team.", "Invite the person first.");

        var before = await TeamThings.DescribeAsync(db, taker, cancel);
        await Memberships.UnlimitAsync(db, taker, cancel);
        taker.Role = TeamRole.Owner;
        giver.Role = TeamRole.Admin;
        var dropped = await Memberships.DropInvitationsAsync(db, teamId, giver.UserId, giver.Role, cancel);
        await RecordAsync(db, actor, taker, before, dropped, cancel);
        notifier.MemberRoleChanged(db, teamId, userId, await Memberships.NameAsync(db, userId, cancel), taker.Role);
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private async Task RecordAsync(PortalDb db, Actor actor, TeamMember taker, string before, int dropped, CancellationToken cancel) => db.Activity.Add(ActivityEntry.Of(
        time, actor, new Place(taker.TeamId), "transfer-ownership", $"Gave the team to {await Memberships.NameAsync(db, taker.UserId, cancel)} and became an admin{Memberships.WithInvitations(dropped)}", taker.UserId,
        before: before, after: TeamThings.Describe(taker.Role, null)));
}
