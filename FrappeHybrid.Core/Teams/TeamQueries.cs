using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>What pages ask about teams.</summary>
public sealed class TeamQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The actor's teams by name; all teams for staff; of a token only the team in which it works.</summary>
    public async Task<IReadOnlyList<TeamView>> MineAsync(Actor actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var rows = await Mine(db, actor).OrderBy(team => team.Name).Select(team => new { team.Id, team.Name }).ToListAsync(cancel);
        return [.. rows.Select(team => new TeamView(team.Id, team.Name, actor.RoleIn(team.Id)))];
    }

    /// <summary>The same with what is in them.</summary>
    public async Task<IReadOnlyList<TeamListing>> ListAsync(Actor actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await ListAsync(db, actor, Mine(db, actor), cancel);
    }

    /// <summary>One team; null when there is none or it is not the actor's to see.</summary>
    public async Task<TeamListing?> FindAsync(Actor actor, Guid teamId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return (await ListAsync(db, actor, Mine(db, actor).Where(team => team.Id == teamId), cancel)).SingleOrDefault();
    }

    /// <summary>The team that the actor chose for the lists; null for all. It is a choice of what is shown and no limit.</summary>
    public async Task<Guid?> CurrentAsync(Actor actor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var chosen = await db.Users.Where(user => user.Id == actor.UserId).Select(user => user.CurrentTeamId).SingleOrDefaultAsync(cancel);
        return chosen is { } id && await Mine(db, actor).AnyAsync(team => team.Id == id, cancel) ? id : null;
    }

    private static async Task<List<TeamListing>> ListAsync(PortalDb db, Actor actor, IQueryable<Team> teams, CancellationToken cancel)
    {
        var servers = db.Servers.VisibleTo(actor).Where(server => server.State != ServerState.Archived);
        var sites = db.Sites.VisibleTo(actor).Where(site => site.State != SiteState.Archived && site.State != SiteState.Trashed);
        var rows = await teams.OrderBy(team => team.Name).Select(team => new
        {
            team.Id,
            team.Name,
            team.CreatedAt,
            Members = db.TeamMembers.Count(member => member.TeamId == team.Id),
            Servers = servers.Count(server => server.TeamId == team.Id),
            Sites = sites.Count(site => site.TeamId == team.Id),
        }).ToListAsync(cancel);
        return [.. rows.Select(team => new TeamListing(team.Id, team.Name, actor.RoleIn(team.Id), team.CreatedAt, actor.MaySeeAllOf(new Place(team.Id)) ? team.Members : null, team.Servers, team.Sites))];
    }

    private static IQueryable<Team> Mine(PortalDb db, Actor actor) => db.Teams.AsNoTracking().VisibleTo(actor).Where(team => team.ArchivedAt == null);
}
