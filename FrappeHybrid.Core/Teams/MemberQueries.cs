using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>What pages ask about who is in a team.</summary>
public sealed class MemberQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The act under which a sign-in is recorded.</summary>
    internal const string SignIn = "sign-in";

    /// <summary>The members, owners first, then by address; only himself for who sees a part of the team.</summary>
    public async Task<IReadOnlyList<MemberView>> ListAsync(Actor actor, Guid teamId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var seesAll = actor.MaySeeAllOf(new Place(teamId));
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await db.TeamMembers.AsNoTracking().Where(member => member.TeamId == teamId && (seesAll || member.UserId == actor.UserId))
            .Join(db.Users, member => member.UserId, user => user.Id, (member, user) => new
            {
                Member = member,
                user.UserName,
                user.TwoFactorEnabled,
                user.DisabledAt,
                LastSignIn = db.Activity.Where(entry => entry.UserId == user.Id && entry.Act == SignIn && entry.Result == ActivityResult.Done).OrderByDescending(entry => entry.At).Select(entry => (DateTimeOffset?)entry.At).FirstOrDefault(),
            })
            .ToListAsync(cancel);
        var places = await db.MemberPlaces.AsNoTracking().Where(place => place.TeamId == teamId).ToListAsync(cancel);
        var things = await TeamThings.FindAsync(db, teamId, [.. places.Select(place => place.ThingId).Distinct()], cancel);
        return
        [
            .. rows.OrderBy(row => row.Member.Role).ThenBy(row => row.UserName, StringComparer.OrdinalIgnoreCase).Select(row => new MemberView(
                row.Member.UserId,
                row.UserName ?? "",
                row.Member.Role,
                row.Member.IsLimited ? [.. places.Where(place => place.UserId == row.Member.UserId && things.ContainsKey(place.ThingId)).Select(place => things[place.ThingId]).OrderBy(thing => thing.Kind).ThenBy(thing => thing.Name, StringComparer.Ordinal)] : null,
                row.LastSignIn,
                row.TwoFactorEnabled,
                row.DisabledAt is not null,
                row.Member.UserId == actor.UserId)),
        ];
    }
}
