using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Accounts;

/// <summary>Accounts that nobody has shown to be his: nobody could ever sign in with them.</summary>
internal static class UnconfirmedAccounts
{
    /// <summary>Removes those whose link has run out.</summary>
    public static async Task<int> RemoveOldAsync(PortalDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var old = await db.Users
            .Where(user => !user.EmailConfirmed && db.AccountLinks.Any(link => link.UserId == user.Id && link.Purpose == AccountLinkPurpose.ConfirmEmail)
                && !db.AccountLinks.Any(link => link.UserId == user.Id && link.Purpose == AccountLinkPurpose.ConfirmEmail && link.ExpiresAt >= now))
            .Select(user => user.Id).ToListAsync(cancel);
        if (old.Count > 0)
            await RemoveAsync(db, old, cancel);
        return old.Count;
    }

    /// <summary>Removes these with the teams in which nobody else is; links and memberships go with them.</summary>
    public static async Task RemoveAsync(PortalDb db, IReadOnlyList<Guid> userIds, CancellationToken cancel)
    {
        var teams = await db.TeamMembers.Where(member => userIds.Contains(member.UserId)).Select(member => member.TeamId).Distinct().ToListAsync(cancel);
        await db.TeamMembers.Where(member => userIds.Contains(member.UserId)).ExecuteDeleteAsync(cancel);
        await db.Teams.Where(team => teams.Contains(team.Id) && !db.TeamMembers.Any(member => member.TeamId == team.Id) && !db.Servers.Any(server => server.TeamId == team.Id)).ExecuteDeleteAsync(cancel);
        await db.Users.Where(user => userIds.Contains(user.Id) && !user.EmailConfirmed).ExecuteDeleteAsync(cancel);
        db.ChangeTracker.Clear();
    }
}
