using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>The servers, benches and sites of a team by their ids, as places to which somebody is limited or let in.</summary>
internal static class TeamThings
{
    /// <summary>The most places to which one person is limited.</summary>
    public const int Most = 200;

    /// <summary>Those that there are, by id; ids of nothing, or of another team's, are left out.</summary>
    public static async Task<Dictionary<Guid, TeamThing>> FindAsync(PortalDb db, Guid teamId, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        var things = new Dictionary<Guid, TeamThing>();
        foreach (var server in await db.Servers.AsNoTracking().Where(each => each.TeamId == teamId && ids.Contains(each.Id)).ToListAsync(cancel))
            things[server.Id] = new TeamThing(server.Id, PlaceKind.Server, server.Name, server.Place);
        foreach (var bench in await db.Benches.AsNoTracking().Where(each => each.TeamId == teamId && ids.Contains(each.Id)).ToListAsync(cancel))
        {
            var server = await db.Servers.Where(each => each.Id == bench.ServerId).Select(each => each.Name).SingleAsync(cancel);
            things[bench.Id] = new TeamThing(bench.Id, PlaceKind.Bench, bench.Name.Value, bench.Place, server);
        }

        foreach (var site in await db.Sites.AsNoTracking().Where(each => each.TeamId == teamId && ids.Contains(each.Id)).ToListAsync(cancel))
            things[site.Id] = new TeamThing(site.Id, PlaceKind.Site, site.Name.Value, site.Place);
        return things;
    }

    /// <summary>The places of a limit that somebody asks for; null for the whole team.</summary>
    public static async Task<Result<List<TeamThing>?>> CheckLimitAsync(PortalDb db, Guid teamId, TeamRole role, IReadOnlyList<Guid>? ids, CancellationToken cancel)
    {
        if (ids is null)
            return (List<TeamThing>?)null;
        if (!TeamRules.CanBeLimited(role))
            return TeamRules.RoleNotLimited;
        var wanted = ids.Distinct().ToList();
        if (wanted.Count is 0 or > Most)
            return new Error("limit-empty", $"Choose 1 to {Most} servers, benches or sites.", "Or let it be the whole team.");
        var things = await FindAsync(db, teamId, wanted, cancel);
        if (things.Count != wanted.Count)
            return new Error("limit-unknown", "One of the chosen servers, benches or sites is gone.", "Load the page again and choose anew.");
        return things.Values.ToList();
    }

    /// <summary>For the record: "Developer of the whole team", "Viewer of bench main, site shop.example.com".</summary>
    public static string Describe(TeamRole role, IEnumerable<TeamThing>? limit) =>
        $"{role} of {(limit is null ? "the whole team" : string.Join(", ", limit.OrderBy(thing => thing.Kind).ThenBy(thing => thing.Name, StringComparer.Ordinal).Select(thing => thing.Words).DefaultIfEmpty("nothing that is left")))}";

    /// <summary>The same for a member as stored.</summary>
    public static async Task<string> DescribeAsync(PortalDb db, TeamMember member, CancellationToken cancel)
    {
        if (!member.IsLimited)
            return Describe(member.Role, null);
        var ids = await db.MemberPlaces.Where(place => place.TeamId == member.TeamId && place.UserId == member.UserId).Select(place => place.ThingId).ToListAsync(cancel);
        return Describe(member.Role, (await FindAsync(db, member.TeamId, ids, cancel)).Values);
    }
}
