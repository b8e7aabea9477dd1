using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>What pages ask about teams.</summary>
public sealed class TeamQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>The actor's teams by name; all teams for staff.</summary>
    public async Task<IReadOnlyList<TeamView>> MineAsync(Actor actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var teams = db.Teams.AsNoTracking();
        if (!actor.SeesAllTeams)
        {
            var mine = actor.Teams.Keys.ToList();
            teams = teams.Where(team => mine.Contains(team.Id));
        }

        var rows = await teams.OrderBy(team => team.Name).Select(team => new { team.Id, team.Name }).ToListAsync(cancel);
        return [.. rows.Select(team => new TeamView(team.Id, team.Name, actor.Teams.TryGetValue(team.Id, out var role) ? role : null))];
    }
}
