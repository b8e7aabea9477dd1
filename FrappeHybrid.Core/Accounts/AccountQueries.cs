using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Accounts;

/// <summary>What the account pages ask about the user who looks.</summary>
public sealed class AccountQueries(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>The account; null when it is gone.</summary>
    public async Task<AccountView?> FindAsync(Guid userId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var now = time.GetUtcNow();
        return await db.Users.Where(user => user.Id == userId)
            .Select(user => new AccountView(
                user.Id,
                user.Name,
                user.Email ?? "",
                user.Name ?? user.Email ?? "",
                user.Staff == StaffRole.Operator,
                user.TwoFactorEnabled,
                db.RecoveryCodes.Count(code => code.UserId == userId),
                db.UserPasskeys.Count(passkey => passkey.UserId == userId),
                db.Sessions.Count(session => session.UserId == userId && session.ExpiresAt > now)))
            .SingleOrDefaultAsync(cancel);
    }
}
