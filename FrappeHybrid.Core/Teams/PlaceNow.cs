using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>Where a thing is now: a site moves to another bench when it is updated, and a right on it goes with it.</summary>
internal static class PlaceNow
{
    /// <summary>The place of a server, bench or site of the team, or of the team itself; null when it is gone or another team's.</summary>
    public static async Task<Place?> FindAsync(PortalDb db, Guid teamId, Guid thingId, CancellationToken cancel)
    {
        if (thingId == teamId)
            return new Place(teamId);
        if (await db.Sites.AsNoTracking().SingleOrDefaultAsync(each => each.Id == thingId && each.TeamId == teamId, cancel) is { } site)
            return site.Place;
        if (await db.Benches.AsNoTracking().SingleOrDefaultAsync(each => each.Id == thingId && each.TeamId == teamId, cancel) is { } bench)
            return bench.Place;
        return await db.Servers.AsNoTracking().SingleOrDefaultAsync(each => each.Id == thingId && each.TeamId == teamId, cancel) is { } server ? server.Place : null;
    }
}
