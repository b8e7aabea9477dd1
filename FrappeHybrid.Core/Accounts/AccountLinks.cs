using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Accounts;

/// <summary>Makes and takes the links of letters.</summary>
public sealed class AccountLinks(TimeProvider time)
{
    /// <summary>What anybody hears whose link does not work.</summary>
    public static readonly Error Unusable = new("link-unusable", "This link was used already or is too old.", "Each link works once. Ask for a new one.");

    /// <summary>How long a link works: one hour for a password, a day for an address.</summary>
    public static TimeSpan ValidFor(AccountLinkPurpose purpose) => purpose is AccountLinkPurpose.ResetPassword ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1);

    /// <summary>Adds a link to what the caller is about to save, in place of earlier ones of the user for the same purpose; the token for the letter.</summary>
    public async Task<string> AddAsync(PortalDb db, Guid userId, AccountLinkPurpose purpose, string? newEmail, CancellationToken cancel)
    {
        var token = OneTimeToken.New();
        db.AccountLinks.RemoveRange(await db.AccountLinks.Where(link => link.UserId == userId && link.Purpose == purpose).ToListAsync(cancel));
        db.AccountLinks.Add(new AccountLink
        {
            Id = NewId.At(time),
            UserId = userId,
            Purpose = purpose,
            TokenHash = OneTimeToken.Hash(token),
            NewEmail = newEmail,
            ExpiresAt = time.GetUtcNow() + ValidFor(purpose),
        });
        return token;
    }

    /// <summary>The link of a token that is still good; null otherwise. It is used up by removing it, in the same save as what it is for: of many at once one succeeds, for the others the row is gone.</summary>
    public async Task<AccountLink?> FindAsync(PortalDb db, string? token, CancellationToken cancel)
    {
        if (token is not { Length: OneTimeToken.Length })
            return null;
        var hash = OneTimeToken.Hash(token);
        var now = time.GetUtcNow();
        return await db.AccountLinks.SingleOrDefaultAsync(link => link.TokenHash == hash && link.ExpiresAt > now, cancel);
    }
}
