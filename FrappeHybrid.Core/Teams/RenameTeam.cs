using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>Calls a team by another name.</summary>
public sealed class RenameTeam(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid teamId, string name, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OwnTeam, new Place(teamId)) is { } refused)
            return refused;
        var checkedName = TeamRules.CheckName(name);
        if (!checkedName.IsDone)
            return checkedName.Error;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Teams.SingleOrDefaultAsync(each => each.Id == teamId && each.ArchivedAt == null, cancel) is not { } team)
            return Error.NotFound;
        if (team.Name == checkedName.Value)
            return Result.Done;
        var before = team.Name;
        team.Name = checkedName.Value;
        Record(db, actor, team, before);
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private void Record(PortalDb db, Actor actor, Team team, string before) =>
        db.Activity.Add(ActivityEntry.Of(time, actor, new Place(team.Id), "rename-team", $"Renamed the team {before} to {team.Name}", team.Id, before: before, after: team.Name));
}
