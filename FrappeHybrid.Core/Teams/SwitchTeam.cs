using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>Chooses whose servers, benches and sites a person's lists show. It is a view of one's own and no right depends on it, so that it is not in the record.</summary>
public sealed class SwitchTeam(IDbContextFactory<PortalDb> databases)
{
    /// <summary>Done, or why not.</summary>
    /// <param name="teamId">Null for all teams.</param>
    public async Task<Result> RunAsync(Actor actor, Guid? teamId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (teamId is { } id && actor.Refuse(Capability.View, new Place(id)) is { } refused)
            return refused;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Users.SingleOrDefaultAsync(each => each.Id == actor.UserId, cancel) is not { } user)
            return Error.NotFound;
        if (actor.RefuseProgram() is { } program)
            return program;
        user.CurrentTeamId = teamId;
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
