namespace FrappeHybrid.Core.Teams;

/// <summary>Queries see only what the actor may see.</summary>
public static class ActorFilters
{
    /// <summary>Rows of the actor's teams; all rows for staff.</summary>
    public static IQueryable<T> VisibleTo<T>(this IQueryable<T> rows, Actor actor)
        where T : class, ITeamOwned
    {
        if (actor.SeesAllTeams)
            return rows;
        var teams = actor.Teams.Keys.ToList();
        return rows.Where(row => teams.Contains(row.TeamId));
    }
}
