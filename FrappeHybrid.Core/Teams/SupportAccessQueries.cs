using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>What pages ask about support's requests and accesses.</summary>
public sealed class SupportAccessQueries(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    private const int Most = 200;

    /// <summary>Those of a team, newest first; none for who sees only a part of it.</summary>
    public async Task<IReadOnlyList<SupportAccessView>> OfTeamAsync(Actor actor, Guid teamId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.MaySeeAllOf(new Place(teamId)))
            return [];
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await ViewsAsync(db, actor, db.SupportAccesses.Where(access => access.TeamId == teamId), cancel);
    }

    /// <summary>The actor's own, newest first.</summary>
    public async Task<IReadOnlyList<SupportAccessView>> MineAsync(Actor actor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await ViewsAsync(db, actor, db.SupportAccesses.Where(access => access.UserId == actor.UserId), cancel);
    }

    /// <summary>What is open or asked for a place or for what it lies in, as far as it concerns the actor: the owners, who asked, and, once it is open, all support.</summary>
    public async Task<IReadOnlyList<SupportAccessView>> AtAsync(Actor actor, Place place, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Capability.View, place))
            return [];
        var isOwner = actor.May(Capability.OwnTeam, new Place(place.TeamId));
        if (!isOwner && actor.Staff is not StaffRole.Support)
            return [];
        Guid[] things = [.. new Guid?[] { place.TeamId, place.ServerId, place.BenchId, place.SiteId }.OfType<Guid>()];
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await ViewsAsync(
            db,
            actor,
            db.SupportAccesses.Where(access => access.TeamId == place.TeamId && things.Contains(access.ThingId)
                && ((access.State == SupportAccessState.Granted && access.Until > now) || (access.State == SupportAccessState.Asked && (isOwner || access.UserId == actor.UserId)))),
            cancel);
    }

    private async Task<List<SupportAccessView>> ViewsAsync(PortalDb db, Actor actor, IQueryable<SupportAccess> rows, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var found = await rows.AsNoTracking().OrderByDescending(access => access.AskedAt).Take(Most).ToListAsync(cancel);
        var teams = await db.Teams.AsNoTracking().Where(team => found.Select(access => access.TeamId).Contains(team.Id)).ToDictionaryAsync(team => team.Id, team => team.Name, cancel);
        var views = new List<SupportAccessView>();
        foreach (var access in found)
        {
            var isAsked = access.State is SupportAccessState.Asked;
            var owns = actor.May(Capability.OwnTeam, access.Place);
            views.Add(new SupportAccessView(
                access.Id, access.TeamId, teams[access.TeamId], await PlaceNow.FindAsync(db, access.TeamId, access.ThingId, cancel), access.ThingName, access.UserName, access.Reason, access.Minutes, access.AskedAt,
                access.State, access.Until, access.DecidedBy, access.IsOpen(now), isAsked && owns && access.UserId != actor.UserId, (isAsked && access.UserId == actor.UserId) || (access.IsOpen(now) && (owns || access.UserId == actor.UserId))));
        }

        return views;
    }
}
