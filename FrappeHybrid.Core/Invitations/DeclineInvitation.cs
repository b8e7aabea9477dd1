using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Invitations;

/// <summary>Whoever holds the link says no. It has no actor: one need not have an account for that.</summary>
public sealed class DeclineInvitation(IDbContextFactory<PortalDb> databases, ActorQueries actors, MembershipGate gate, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    /// <param name="address">From where, for the record.</param>
    public async Task<Result> RunAsync(string token, string? address, CancellationToken cancel)
    {
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await InvitationRules.FindAsync(db, actors, token, time.GetUtcNow(), cancel) is not { } invitation)
            return InvitationRules.Unusable;
        db.TeamInvitations.Remove(invitation);
        Record(db, invitation, address);
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private void Record(PortalDb db, TeamInvitation invitation, string? address) => db.Activity.Add(ActivityEntry.Of(
        time, new Actor(Guid.Empty, invitation.Email, StaffRole.None, []) { Address = address }, invitation.Place, "decline-invitation", $"Declined the invitation of {invitation.InvitedByName}", invitation.Id));
}
