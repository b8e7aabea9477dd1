using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>Whether the portal is new: then the first page makes the operator.</summary>
public sealed class FirstStart(IDbContextFactory<PortalDb> databases)
{
    // Users are never all deleted again, so that "no" stays "no" and need not be asked with every request.
    private volatile bool hasUser;

    /// <summary>True as long as there is no user at all.</summary>
    public async Task<bool> IsNeededAsync(CancellationToken cancel)
    {
        if (hasUser)
            return false;
        await using var db = await databases.CreateDbContextAsync(cancel);
        hasUser = await db.Users.AnyAsync(cancel);
        return !hasUser;
    }
}
