using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.People;

/// <summary>Makes somebody support or operator of the portal, or a customer again.</summary>
public sealed class SetStaffRole(IDbContextFactory<PortalDb> databases, MembershipGate gate, TimeProvider time)
{
    /// <summary>Done, or why not: the last operator stays.</summary>
    /// <param name="reason">5 to 500 characters; stays in the record.</param>
    public async Task<Result> RunAsync(Actor actor, Guid userId, StaffRole staff, string reason, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        if (actor.RefuseProgram() is { } program)
            return program;
        var why = PeopleRules.CheckReason(reason);
        if (!why.IsDone)
            return why.Error;
        using var turn = await gate.EnterAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Users.SingleOrDefaultAsync(each => each.Id == userId, cancel) is not { } user || !Enum.IsDefined(staff))
            return Error.NotFound;
        if (user.Staff == staff)
            return Result.Done;
        if (await PeopleRules.IsLastOperatorAsync(db, user, cancel))
            return PeopleRules.LastOperator;
        var before = user.Staff;
        user.Staff = staff;
        await PeopleRules.EndSupportAsync(db, userId, actor.Name, time.GetUtcNow(), cancel);
        Record(db, actor, user, before, why.Value);
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private void Record(PortalDb db, Actor actor, PortalUser user, StaffRole before, string reason) => db.Activity.Add(ActivityEntry.Of(
        time, actor, Place.Portal, "set-staff-role", user.Staff is StaffRole.None ? $"Made {user.UserName} a customer" : $"Made {user.UserName} {user.Staff}", user.Id, reason: reason, before: before.ToString(), after: user.Staff.ToString()));
}
