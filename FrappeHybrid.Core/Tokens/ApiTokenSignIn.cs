using System.Security.Cryptography;
using System.Text;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Tokens;

/// <summary>Finds the token of a value that a program shows, and remembers that it was used.</summary>
public sealed class ApiTokenSignIn(IDbContextFactory<PortalDb> databases, ActorQueries actors, TimeProvider time)
{
    /// <summary>How often a use is written down at most.</summary>
    private static readonly TimeSpan Remembering = TimeSpan.FromMinutes(1);

    /// <summary>The actor of a token that works now; null when there is no such token, its time is over, or nothing is left of its owner's rights.</summary>
    /// <param name="address">From where it is used.</param>
    public async Task<Actor?> FindAsync(string value, string? address, CancellationToken cancel)
    {
        if (!ApiTokenValue.HasForm(value))
            return null;
        var hash = ApiTokenValue.HashOf(value);
        await using var db = await databases.CreateDbContextAsync(cancel);

        // By hash, so that the time it takes tells nothing about the value.
        var token = await db.ApiTokens.AsNoTracking().SingleOrDefaultAsync(each => each.Hash == hash, cancel);
        if (token is null || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(token.Hash), Encoding.ASCII.GetBytes(hash)))
            return null;
        if (await actors.ForTokenAsync(token.Id, address, cancel) is not { } actor)
            return null;
        var now = time.GetUtcNow();
        if (token.LastUsedAt is null || now - token.LastUsedAt >= Remembering || token.LastUsedFrom != address)
        {
            // From two addresses by turns it is still once a minute.
            var before = now - Remembering;
            await db.ApiTokens.Where(each => each.Id == token.Id && (each.LastUsedAt == null || each.LastUsedAt <= before))
                .ExecuteUpdateAsync(row => row.SetProperty(each => each.LastUsedAt, now).SetProperty(each => each.LastUsedFrom, address), cancel);
        }

        return actor;
    }
}
