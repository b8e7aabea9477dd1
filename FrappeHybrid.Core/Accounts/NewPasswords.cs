using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Accounts;

/// <summary>What every new password does to the rest of the account.</summary>
internal static class NewPasswords
{
    /// <summary>Somebody else has changed the account at the same moment.</summary>
    public static readonly Error Meanwhile = new("account-changed", "The account was changed at the same moment.", "Try again.");

    /// <summary>Sets it, makes a new security stamp, ends the sessions and takes back all links that are still on their way. The caller stores it all at once by UpdateAsync.</summary>
    /// <param name="keepSession">The session that stays.</param>
    public static async Task SetAsync(PortalDb db, UserManager<PortalUser> users, PortalUser user, string password, Guid? keepSession, CancellationToken cancel)
    {
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        user.SecurityStamp = OneTimeToken.New();
        await PortalSessions.KeepOnlyAsync(db, user, keepSession, cancel);
        db.AccountLinks.RemoveRange(await db.AccountLinks.Where(link => link.UserId == user.Id).ToListAsync(cancel));
        db.SignInLinks.RemoveRange(await db.SignInLinks.Where(link => link.UserId == user.Id).ToListAsync(cancel));
    }
}
