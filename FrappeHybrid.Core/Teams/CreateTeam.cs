using FrappeHybrid.Core.Accounts;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Teams;

/// <summary>Makes a team whose owner is who makes it: everybody may where everybody may sign up, the operator always.</summary>
public sealed class CreateTeam(IDbContextFactory<PortalDb> databases, AccountOptions accounts, TimeProvider time)
{
    /// <summary>How many teams one person who is no operator makes within a day.</summary>
    public const int MostADay = 5;

    private const string Act = "create-team";

    /// <summary>Whether everybody who signs in may make one, and not the operator alone.</summary>
    public bool IsOpenToAll => accounts.SignUp is SignUpMode.Open;

    /// <summary>The new team's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, string name, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.RefuseProgram() is { } program)
            return program;
        if (!IsOpenToAll && actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        var checkedName = TeamRules.CheckName(name);
        if (!checkedName.IsDone)
            return checkedName.Error;

        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await db.Users.AnyAsync(user => user.Id == actor.UserId, cancel))
            return Error.NotFound;
        var since = time.GetUtcNow().AddDays(-1);
        if (!actor.May(Capability.OperatePortal, Place.Portal) && await db.Activity.CountAsync(entry => entry.UserId == actor.UserId && entry.Act == Act && entry.At > since, cancel) >= MostADay)
            return new Error("too-many-teams", $"You made {MostADay} teams within a day.", "Make the next one tomorrow, or ask your operator.");
        var team = new Team { Id = NewId.At(time), Name = checkedName.Value, CreatedAt = time.GetUtcNow() };
        team.Members.Add(new TeamMember { TeamId = team.Id, UserId = actor.UserId, Role = TeamRole.Owner });
        db.Teams.Add(team);
        Record(db, actor, team);
        await db.SaveChangesAsync(cancel);
        return team.Id;
    }

    private void Record(PortalDb db, Actor actor, Team team) => db.Activity.Add(ActivityEntry.Of(time, actor, new Place(team.Id), Act, $"Made the team {team.Name}", team.Id));
}
