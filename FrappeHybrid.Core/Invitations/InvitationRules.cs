using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Invitations;

/// <summary>What acts on invitations check alike.</summary>
internal static class InvitationRules
{
    /// <summary>One answer for a link that never was, is used, withdrawn, replaced, too old, or whose inviter may not invite any more: guessing tells nothing.</summary>
    public static readonly Error Unusable = new(
        "not-found", "This invitation cannot be used any more.", "It was accepted, withdrawn or sent again, is older than 7 days, or whoever sent it may not invite any more. Ask the team for a new one.");

    /// <summary>As Identity compares addresses.</summary>
    public static string Normalize(string email) => email.Normalize().ToUpperInvariant();

    /// <summary>Whether the team has sent as many letters as it may within a day; operators are not counted.</summary>
    public static async Task<bool> AreTooManyAsync(PortalDb db, Actor actor, Guid teamId, DateTimeOffset now, CancellationToken cancel)
    {
        var since = now.AddDays(-1);
        return !actor.May(Capability.OperatePortal, Place.Portal)
            && await db.Activity.CountAsync(entry => entry.TeamId == teamId && entry.At > since && (entry.Act == InviteMember.Act || entry.Act == ResendInvitation.Act), cancel) >= InvitationLetters.MostADay;
    }

    /// <summary>The invitation of a token that can be used now, tracked; null otherwise. It is looked for by its hash, so that the time it takes tells nothing about the token.</summary>
    public static async Task<TeamInvitation?> FindAsync(PortalDb db, ActorQueries actors, string? token, DateTimeOffset now, CancellationToken cancel)
    {
        if (token is not { Length: OneTimeToken.Length })
            return null;
        var hash = OneTimeToken.Hash(token);
        var invitation = await db.TeamInvitations.SingleOrDefaultAsync(each => each.TokenHash == hash, cancel);
        if (invitation is null || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(invitation.TokenHash), Encoding.ASCII.GetBytes(hash)) || invitation.ExpiresAt <= now)
            return null;
        return await IsBackedAsync(actors, invitation, cancel) ? invitation : null;
    }

    /// <summary>Whether who sent it may still invite that role.</summary>
    public static async Task<bool> IsBackedAsync(ActorQueries actors, TeamInvitation invitation, CancellationToken cancel) =>
        await actors.ForUserAsync(invitation.InvitedBy, null, cancel) is { } inviter && inviter.May(invitation.Asks, invitation.Place);

    /// <summary>Puts the user into the team as the invitation says and takes the invitation away, in what the caller is about to save; what the user became, for the record.</summary>
    public static async Task<Result<string>> JoinAsync(PortalDb db, TeamInvitation invitation, Guid userId, CancellationToken cancel)
    {
        var things = invitation.LimitedTo.Count == 0 ? null : (await TeamThings.FindAsync(db, invitation.TeamId, invitation.LimitedTo, cancel)).Values.ToList();
        if (things is { Count: 0 })
            return new Error("invitation-empty", "What you were invited to is gone.", "Ask the team for a new invitation.");
        db.TeamInvitations.Remove(invitation);
        db.TeamMembers.Add(new TeamMember { TeamId = invitation.TeamId, UserId = userId, Role = invitation.Role, IsLimited = things is not null });
        db.MemberPlaces.AddRange(things?.Select(thing => new MemberPlace { TeamId = invitation.TeamId, UserId = userId, ThingId = thing.Id }) ?? []);
        return TeamThings.Describe(invitation.Role, things);
    }
}
