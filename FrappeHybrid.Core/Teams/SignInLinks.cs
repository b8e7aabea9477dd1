using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>
/// One-time sign-in links. Whoever calls <see cref="CreateAsync"/> has decided that this user may sign in: the portal's own command line, never a page of another user.
/// </summary>
public sealed class SignInLinks(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>A new token for the user; it is shown once and stored nowhere.</summary>
    public async Task<string> CreateAsync(Guid userId, TimeSpan validFor, CancellationToken cancel)
    {
        var token = OneTimeToken.New();
        await using var db = await databases.CreateDbContextAsync(cancel);
        db.SignInLinks.Add(new SignInLink { Id = NewId.At(time), UserId = userId, TokenHash = OneTimeToken.Hash(token), ExpiresAt = time.GetUtcNow() + validFor });
        await db.SaveChangesAsync(cancel);
        return token;
    }

    /// <summary>
    /// The user of a token that is still valid; null otherwise. Only one caller gets it: the row's deletion decides, and one statement deletes it once.
    /// The look-up is by hash, so that its timing tells nothing about the token.
    /// </summary>
    public async Task<Guid?> RedeemAsync(string token, CancellationToken cancel)
    {
        if (token is not { Length: OneTimeToken.Length })
            return null;
        var hash = OneTimeToken.Hash(token);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var link = await db.SignInLinks.AsNoTracking().SingleOrDefaultAsync(each => each.TokenHash == hash, cancel);
        if (link is null || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(link.TokenHash), Encoding.ASCII.GetBytes(hash)))
            return null;
        var taken = await db.SignInLinks.Where(each => each.Id == link.Id).ExecuteDeleteAsync(cancel);
        return taken == 1 && link.ExpiresAt > time.GetUtcNow() ? link.UserId : null;
    }
}
