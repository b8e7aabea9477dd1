using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Invitations;

/// <summary>Invites somebody into a team by e-mail. Whether there is an account with the address makes no difference, and nobody learns it here.</summary>
public sealed class InviteMember(IDbContextFactory<PortalDb> databases, MembershipGate gate, InvitationLetters letters, TimeProvider time)
{
    /// <summary>The act under which it is recorded.</summary>
    internal const string Act = "invite-member";

    /// <summary>The invitation, or why not.</summary>
    /// <param name="thingIds">Servers, benches and sites of the team to which a developer or viewer is limited; null for the whole team.</param>
    public async Task<Result<InvitationReceipt>> RunAsync(Actor actor, Guid teamId, string email, TeamRole role, IReadOnlyList<Guid>? thingIds, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.ManageMembers, new Place(teamId)) is { } refused)
            return refused;
        if (!Enum.IsDefined(role))
            return Error.NotFound;
        if (!actor.May(TeamInvitation.AskedFor(role), new Place(teamId)))
            return TeamRules.OwnersOnly;
        email = (email ?? "").Trim();
        if (AccountErrors.EmailProblem(email) is { } problem)
            return problem;
        var normalized = InvitationRules.Normalize(email);

        using var turn = await gate.EnterAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Teams.SingleOrDefaultAsync(each => each.Id == teamId && each.ArchivedAt == null, cancel) is not { } team)
            return Error.NotFound;
        var limit = await TeamThings.CheckLimitAsync(db, teamId, role, thingIds, cancel);
        if (!limit.IsDone)
            return limit.Error;
        if (await db.TeamMembers.AnyAsync(member => member.TeamId == teamId && db.Users.Any(user => user.Id == member.UserId && user.NormalizedEmail == normalized), cancel))
            return new Error("already-member", "That person is a member of this team already.", "Change the role on the page Members.");
        var now = time.GetUtcNow();
        var former = await db.TeamInvitations.SingleOrDefaultAsync(each => each.TeamId == teamId && each.NormalizedEmail == normalized, cancel);
        if (former?.ExpiresAt > now)
            return new Error("already-invited", "That person is invited to this team already.", "Send the invitation again, or withdraw it and invite anew.");
        if (await InvitationRules.AreTooManyAsync(db, actor, teamId, now, cancel))
            return InvitationLetters.TooMany;

        if (former is not null)
            db.TeamInvitations.Remove(former);
        var invitation = new TeamInvitation
        {
            Id = NewId.At(time),
            TeamId = teamId,
            Email = email,
            NormalizedEmail = normalized,
            Role = role,
            LimitedTo = [.. limit.Value?.Select(thing => thing.Id) ?? []],
            CreatedAt = now,
        };
        var receipt = letters.Send(db, invitation, team.Name, invitation.Renew(actor.UserId, actor.Name, now));
        db.TeamInvitations.Add(invitation);
        Record(db, actor, invitation, TeamThings.Describe(role, limit.Value));
        await db.SaveChangesAsync(cancel);
        return receipt;
    }

    private void Record(PortalDb db, Actor actor, TeamInvitation invitation, string what) =>
        db.Activity.Add(ActivityEntry.Of(time, actor, invitation.Place, Act, $"Invited {invitation.Email} {(letters.CanSend ? "by e-mail" : "with a link to pass on")}", invitation.Id, after: what));
}
