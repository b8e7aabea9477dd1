using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>What acts on members need to know, and what a lost role takes with it.</summary>
internal static class Memberships
{
    public static Task<TeamMember?> FindAsync(PortalDb db, Guid teamId, Guid userId, CancellationToken cancel) =>
        db.TeamMembers.SingleOrDefaultAsync(member => member.TeamId == teamId && member.UserId == userId, cancel);

    /// <summary>Whether the team would have no owner without this one.</summary>
    public static async Task<bool> IsLastOwnerAsync(PortalDb db, TeamMember member, CancellationToken cancel) =>
        member.Role is TeamRole.Owner && !await db.TeamMembers.AnyAsync(other => other.TeamId == member.TeamId && other.UserId != member.UserId && other.Role == TeamRole.Owner, cancel);

    /// <summary>The e-mail address, for the record.</summary>
    public static async Task<string> NameAsync(PortalDb db, Guid userId, CancellationToken cancel) =>
        await db.Users.Where(user => user.Id == userId).Select(user => user.UserName).SingleOrDefaultAsync(cancel) ?? userId.ToString();

    /// <summary>Takes the limits off, in what the caller is about to save.</summary>
    public static async Task UnlimitAsync(PortalDb db, TeamMember member, CancellationToken cancel)
    {
        db.MemberPlaces.RemoveRange(await db.MemberPlaces.Where(place => place.TeamId == member.TeamId && place.UserId == member.UserId).ToListAsync(cancel));
        member.IsLimited = false;
    }

    /// <summary>Invitations die with the right to send them, in what the caller is about to save; how many did.</summary>
    /// <param name="role">What is left of the inviter's role; null for none.</param>
    public static async Task<int> DropInvitationsAsync(PortalDb db, Guid teamId, Guid userId, TeamRole? role, CancellationToken cancel)
    {
        if (await db.Users.AnyAsync(user => user.Id == userId && user.Staff == StaffRole.Operator, cancel))
            return 0;
        var dead = (await db.TeamInvitations.Where(invitation => invitation.TeamId == teamId && invitation.InvitedBy == userId).ToListAsync(cancel))
            .Where(invitation => role is not { } left || !CapabilityTable.Has(left, invitation.Asks)).ToList();
        db.TeamInvitations.RemoveRange(dead);
        return dead.Count;
    }

    /// <summary>For the end of a sentence in the record: "; 2 invitations ended with it".</summary>
    public static string WithInvitations(int dropped) => dropped == 0 ? "" : dropped == 1 ? "; 1 invitation ended with it" : $"; {dropped} invitations ended with it";
}
