using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>Makes the <see cref="Actor"/> of a signed-in user.</summary>
public sealed class ActorQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The user with its roles as they are now; null when there is no such user (any more).</summary>
    public async Task<Actor?> ForUserAsync(Guid userId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(each => each.Id == userId, cancel);
        if (user is null)
            return null;
        var teams = await db.TeamMembers.AsNoTracking().Where(member => member.UserId == userId).ToDictionaryAsync(member => member.TeamId, member => member.Role, cancel);
        return new Actor(user.Id, user.UserName ?? user.Id.ToString(), user.Staff, teams);
    }
}
