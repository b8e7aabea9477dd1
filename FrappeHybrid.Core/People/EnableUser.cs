using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.People;

/// <summary>Opens an account again: one that an operator has closed, or that too many wrong passwords have.</summary>
public sealed class EnableUser(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid userId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        if (actor.RefuseProgram() is { } program)
            return program;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Users.SingleOrDefaultAsync(each => each.Id == userId, cancel) is not { } user)
            return Error.NotFound;
        if (user.DisabledAt is null && user.LockoutEnd is null)
            return Result.Done;
        var before = user.DisabledAt is null ? "locked" : "closed";
        (user.DisabledAt, user.LockoutEnd, user.AccessFailedCount) = (null, null, 0);
        Record(db, actor, user, before);
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private void Record(PortalDb db, Actor actor, PortalUser user, string before) =>
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, "enable-user", $"Opened the account of {user.UserName} again", user.Id, before: before, after: "open"));
}
