using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Invitations;

/// <summary>Takes an invitation back; its link is dead.</summary>
public sealed class WithdrawInvitation(IDbContextFactory<PortalDb> databases, MembershipGate gate, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid invitationId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.TeamInvitations.SingleOrDefaultAsync(each => each.Id == invitationId, cancel) is not { } invitation)
            return Error.NotFound;
        if (actor.Refuse(Capability.ManageMembers, invitation) is { } refused)
            return refused;
        if (!actor.May(invitation.Asks, invitation.Place))
            return TeamRules.OwnersOnly;
        db.TeamInvitations.Remove(invitation);
        Record(db, actor, invitation);
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private void Record(PortalDb db, Actor actor, TeamInvitation invitation) =>
        db.Activity.Add(ActivityEntry.Of(time, actor, invitation.Place, "withdraw-invitation", $"Withdrew the invitation of {invitation.Email}", invitation.Id));
}
