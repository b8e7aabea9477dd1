using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Invitations;

/// <summary>Sends an invitation again with a new link, for 7 days from now; the old link is dead.</summary>
public sealed class ResendInvitation(IDbContextFactory<PortalDb> databases, MembershipGate gate, InvitationLetters letters, TimeProvider time)
{
    /// <summary>The act under which it is recorded.</summary>
    internal const string Act = "resend-invitation";

    /// <summary>The invitation, or why not.</summary>
    public async Task<Result<InvitationReceipt>> RunAsync(Actor actor, Guid invitationId, CancellationToken cancel)
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
        var now = time.GetUtcNow();
        if (await InvitationRules.AreTooManyAsync(db, actor, invitation.TeamId, now, cancel))
            return InvitationLetters.TooMany;
        var team = await db.Teams.Where(each => each.Id == invitation.TeamId).Select(each => each.Name).SingleAsync(cancel);
        var receipt = letters.Send(db, invitation, team, invitation.Renew(actor.UserId, actor.Name, now));
        Record(db, actor, invitation);
        await db.SaveChangesAsync(cancel);
        return receipt;
    }

    private void Record(PortalDb db, Actor actor, TeamInvitation invitation) =>
        db.Activity.Add(ActivityEntry.Of(time, actor, invitation.Place, Act, $"Invited {invitation.Email} again {(letters.CanSend ? "by e-mail" : "with a link to pass on")}; the former link is dead", invitation.Id));
}
