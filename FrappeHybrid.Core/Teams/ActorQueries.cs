using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>Makes the <see cref="Actor"/> of a signed-in user.</summary>
public sealed class ActorQueries(IDbContextFactory<PortalDb> databases, RefusedActs refused, TimeProvider time)
{
    /// <summary>The user with its roles as they are now; null when there is no such user (any more), or it is disabled.</summary>
    /// <param name="address">From where it acts, for the activity.</param>
    public async Task<Actor?> ForUserAsync(Guid userId, string? address, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(each => each.Id == userId, cancel);
        if (user is null or { DisabledAt: not null })
            return null;
        var members = await db.TeamMembers.AsNoTracking().Where(member => member.UserId == userId).ToListAsync(cancel);
        List<Grant> grants = [.. members.Where(member => !member.IsLimited).Select(member => new Grant(member.Role, new Place(member.TeamId)))];
        if (members.Exists(member => member.IsLimited))
            grants.AddRange(await LimitedAsync(db, userId, members, cancel));
        if (user.Staff is StaffRole.Support)
            grants.AddRange(await LetInAsync(db, userId, cancel));
        return new Actor(user.Id, user.UserName ?? user.Id.ToString(), user.Staff, grants) { Address = address, Refused = refused };
    }

    /// <summary>
    /// The actor of a program with that token: its owner with the rights of this moment, limited to what the token leaves. Null when the token or its owner is gone, when its
    /// time is over, when what it is for is gone, or when its owner may not even look there any more.
    /// </summary>
    /// <param name="address">From where it acts, for the activity.</param>
    public async Task<Actor?> ForTokenAsync(Guid tokenId, string? address, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var token = await db.ApiTokens.AsNoTracking().SingleOrDefaultAsync(each => each.Id == tokenId, cancel);
        if (token is null || !token.IsOpen(time.GetUtcNow()) || await ForUserAsync(token.UserId, address, cancel) is not { } actor)
            return null;
        var place = token.TeamId == Guid.Empty ? Place.Portal : await PlaceNow.FindAsync(db, token.TeamId, token.ThingId, cancel);
        if (place is not { } where)
            return null;
        var limited = actor with { Limit = new TokenLimit(token.Id, token.Name, where, token.Capabilities) };
        return limited.MayAnywhere(Capability.View) ? limited : null;
    }

    private static async Task<List<Grant>> LimitedAsync(PortalDb db, Guid userId, List<TeamMember> members, CancellationToken cancel)
    {
        var places = await db.MemberPlaces.AsNoTracking().Where(place => place.UserId == userId).ToListAsync(cancel);
        var grants = new List<Grant>();
        foreach (var limit in places)
        {
            if (members.Find(member => member.TeamId == limit.TeamId && member.IsLimited) is { } member && await PlaceNow.FindAsync(db, limit.TeamId, limit.ThingId, cancel) is { } place)
                grants.Add(new Grant(member.Role, place));
        }

        return grants;
    }

    private async Task<List<Grant>> LetInAsync(PortalDb db, Guid userId, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var access = await db.SupportAccesses.AsNoTracking().Where(each => each.UserId == userId && each.State == SupportAccessState.Granted && each.Until > now).ToListAsync(cancel);
        var grants = new List<Grant>();
        foreach (var each in access)
        {
            if (await PlaceNow.FindAsync(db, each.TeamId, each.ThingId, cancel) is { } place)
                grants.Add(new Grant(CapabilityTable.GrantedToSupport, place, each.Until, each.Id));
        }

        return grants;
    }
}
