using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Tokens;

/// <summary>What pages ask about tokens.</summary>
public sealed class ApiTokenQueries(IDbContextFactory<PortalDb> databases, TeamQueries teams, TimeProvider time)
{
    /// <summary>Tokens that ended longer ago than this are not listed any more.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    /// <summary>The actor's own, the newest first.</summary>
    public Task<IReadOnlyList<ApiTokenView>> MineAsync(Actor actor, CancellationToken cancel) =>
        ListAsync(tokens => tokens.Where(token => token.UserId == actor.UserId), cancel);

    /// <summary>Those of others that work in teams whose members the actor manages, the newest first.</summary>
    public async Task<IReadOnlyList<ApiTokenView>> OfMembersAsync(Actor actor, CancellationToken cancel)
    {
        if (actor.May(Capability.ManageMembers, Place.Portal))
            return await ListAsync(tokens => tokens.Where(token => token.UserId != actor.UserId), cancel);
        var managed = actor.TeamIds.Where(team => actor.May(Capability.ManageMembers, new Place(team))).ToList();
        return managed.Count == 0 ? [] : await ListAsync(tokens => tokens.Where(token => token.UserId != actor.UserId && managed.Contains(token.TeamId)), cancel);
    }

    /// <summary>Where a token of the actor's could work: the widest places first, then by name.</summary>
    public async Task<IReadOnlyList<ApiTokenPlace>> PlacesAsync(Actor actor, CancellationToken cancel)
    {
        var places = new List<ApiTokenPlace>();
        if (actor.SeesAllTeams)
            places.Add(Of(actor, Place.Portal, Guid.Empty, "The whole portal, all teams"));
        var mine = await teams.MineAsync(actor, cancel);
        var names = mine.ToDictionary(team => team.Id, team => mine.Count > 1 ? $" ({team.Name})" : "");
        places.AddRange(mine.Select(team => Of(actor, new Place(team.Id), team.Id, team.Name)));
        await using var db = await databases.CreateDbContextAsync(cancel);
        var servers = await db.Servers.AsNoTracking().VisibleTo(actor).Where(server => server.State != Servers.ServerState.Archived).OrderBy(server => server.Name).ToListAsync(cancel);
        places.AddRange(servers.Select(server => Of(actor, server.Place, server.Id, server.Name + names.GetValueOrDefault(server.TeamId))));
        var benches = await db.Benches.AsNoTracking().VisibleTo(actor).Where(bench => bench.State != Benches.BenchState.Archived).OrderBy(bench => bench.Name).ToListAsync(cancel);
        places.AddRange(benches.Select(bench => Of(actor, bench.Place, bench.Id, $"{bench.Name} on {servers.Find(server => server.Id == bench.ServerId)?.Name}{names.GetValueOrDefault(bench.TeamId)}")));
        var sites = await db.Sites.AsNoTracking().VisibleTo(actor).Where(site => site.State != Sites.SiteState.Archived && site.State != Sites.SiteState.Trashed).OrderBy(site => site.Name).ToListAsync(cancel);
        places.AddRange(sites.Select(site => Of(actor, site.Place, site.Id, site.Name.Value + names.GetValueOrDefault(site.TeamId))));
        return places;
    }

    private static ApiTokenPlace Of(Actor actor, Place place, Guid thing, string name) => new(place, thing, name, ApiTokenRules.Offered(actor, place));

    private async Task<IReadOnlyList<ApiTokenView>> ListAsync(Func<IQueryable<ApiToken>, IQueryable<ApiToken>> which, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var since = now - Remembered;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await which(db.ApiTokens.AsNoTracking()).Where(token => token.ExpiresAt > since && (token.RevokedAt == null || token.RevokedAt > since)).OrderByDescending(token => token.CreatedAt).ToListAsync(cancel);
        return [.. rows.Select(token => View(token, now))];
    }

    private static ApiTokenView View(ApiToken token, DateTimeOffset now) => new(
        token.Id,
        token.Name,
        token.Prefix,
        token.UserName,
        token.ThingName,
        token.TeamId == Guid.Empty,
        token.TeamId != Guid.Empty && token.ThingId == token.TeamId,
        [.. CapabilityTable.Rules.Select(rule => rule.Capability).Where(token.Capabilities.Contains)],
        token.CreatedAt,
        token.ExpiresAt,
        token.LastUsedAt,
        token.LastUsedFrom,
        token.RevokedBy,
        token.RevokedAt is not null ? ApiTokenState.Revoked : token.IsOpen(now) ? ApiTokenState.Open : ApiTokenState.Expired);
}
