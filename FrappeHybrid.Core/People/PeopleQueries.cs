using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.People;

/// <summary>What the operator asks about everybody who has an account; nobody else gets an answer.</summary>
public sealed class PeopleQueries(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>All, by address.</summary>
    public async Task<IReadOnlyList<PersonView>> ListAsync(Actor actor, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return await ViewsAsync(db, actor, db.Users, cancel);
    }

    /// <summary>One; null when there is no such account.</summary>
    public async Task<PersonView?> FindAsync(Actor actor, Guid userId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        return (await ViewsAsync(db, actor, db.Users.Where(user => user.Id == userId), cancel)).SingleOrDefault();
    }

    private async Task<List<PersonView>> ViewsAsync(PortalDb db, Actor actor, IQueryable<PortalUser> users, CancellationToken cancel)
    {
        if (!actor.May(Capability.OperatePortal, Place.Portal))
            return [];
        var now = time.GetUtcNow();
        var operators = await db.Users.CountAsync(user => user.Staff == StaffRole.Operator && user.DisabledAt == null, cancel);
        var rows = await users.AsNoTracking().OrderBy(user => user.NormalizedUserName).Select(user => new
        {
            User = user,
            Teams = db.TeamMembers.Where(member => member.UserId == user.Id)
                .Join(db.Teams, member => member.TeamId, team => team.Id, (member, team) => new PersonTeam(team.Id, team.Name, member.Role, member.IsLimited)).ToList(),
            LastSignIn = db.Activity.Where(entry => entry.UserId == user.Id && entry.Act == MemberQueries.SignIn && entry.Result == ActivityResult.Done)
                .OrderByDescending(entry => entry.At).Select(entry => (DateTimeOffset?)entry.At).FirstOrDefault(),
        }).AsSplitQuery().ToListAsync(cancel);
        return
        [
            .. rows.Select(row => new PersonView(
                row.User.Id,
                row.User.UserName ?? "",
                row.User.EmailConfirmed,
                row.User.Staff,
                [.. row.Teams.OrderBy(team => team.Name, StringComparer.OrdinalIgnoreCase)],
                row.LastSignIn,
                row.User.TwoFactorEnabled,
                row.User.DisabledAt,
                row.User.DisabledAt is null && row.User.LockoutEnd > now ? row.User.LockoutEnd : null,
                row.User.Staff is StaffRole.Operator && row.User.DisabledAt is null && operators == 1,
                row.User.Id == actor.UserId)),
        ];
    }
}
