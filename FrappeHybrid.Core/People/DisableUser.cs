using System.Security.Cryptography;
using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.People;

/// <summary>Closes an account: sessions, open pages and API tokens end at once, nobody signs in with it, and what it may accept or has asked for ends. Its memberships stay.</summary>
public sealed class DisableUser(IDbContextFactory<PortalDb> databases, MembershipGate gate, TimeProvider time)
{
    /// <summary>Done, or why not: the last operator stays, and nobody closes his own account.</summary>
    /// <param name="reason">5 to 500 characters; stays in the record.</param>
    public async Task<Result> RunAsync(Actor actor, Guid userId, string reason, CancellationToken cancel)
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
        if (await db.Users.SingleOrDefaultAsync(each => each.Id == userId, cancel) is not { } user)
            return Error.NotFound;
        if (userId == actor.UserId)
            return new Error("own-account", "Nobody closes his own account.", "Another operator does it.");
        if (user.DisabledAt is not null)
            return Result.Done;
        if (await PeopleRules.IsLastOperatorAsync(db, user, cancel))
            return PeopleRules.LastOperator;

        user.DisabledAt = time.GetUtcNow();
        user.LockoutEnabled = true;
        user.LockoutEnd = DateTimeOffset.MaxValue;
        user.SecurityStamp = Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
        db.SignInLinks.RemoveRange(await db.SignInLinks.Where(link => link.UserId == userId).ToListAsync(cancel));
        await PeopleRules.EndSupportAsync(db, userId, actor.Name, user.DisabledAt.Value, cancel);
        Record(db, actor, user, why.Value);
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private void Record(PortalDb db, Actor actor, PortalUser user, string reason) =>
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, "disable-user", $"Closed the account of {user.UserName}", user.Id, reason: reason, before: "open", after: "closed"));
}
