using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Invitations;

/// <summary>Whoever is signed in with the invited address comes into the team.</summary>
public sealed class AcceptInvitation(IDbContextFactory<PortalDb> databases, ActorQueries actors, MembershipGate gate, TimeProvider time, Notifier notifier)
{
    /// <summary>The team, or why not.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, string token, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await InvitationRules.FindAsync(db, actors, token, time.GetUtcNow(), cancel) is not { } invitation)
            return InvitationRules.Unusable;
        if (actor.RefuseProgram() is { } program)
            return program;
        if (await db.Users.Where(user => user.Id == actor.UserId).Select(user => user.NormalizedEmail).SingleOrDefaultAsync(cancel) != invitation.NormalizedEmail)
            return new Error("invitation-other-account", "The invitation is for another account.", "Sign out, and sign in with the address to which it was sent.");
        if (await Memberships.FindAsync(db, invitation.TeamId, actor.UserId, cancel) is not null)
            return new Error("already-member", "You are a member of this team already.");
        var joined = await InvitationRules.JoinAsync(db, invitation, actor.UserId, cancel);
        if (!joined.IsDone)
            return joined.Error;
        Record(db, actor, invitation, joined.Value);
        notifier.MemberJoined(db, invitation.TeamId, actor.Name, invitation.Role);
        await db.SaveChangesAsync(cancel);
        return invitation.TeamId;
    }

    private void Record(PortalDb db, Actor actor, TeamInvitation invitation, string what) =>
        db.Activity.Add(ActivityEntry.Of(time, actor, invitation.Place, "accept-invitation", $"Accepted the invitation of {invitation.InvitedByName}", actor.UserId, after: what));
}
