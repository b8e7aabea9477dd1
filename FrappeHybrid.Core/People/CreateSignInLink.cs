using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.People;

/// <summary>The operator makes a link with which somebody signs in once, e.g. who has forgotten the password where there is no e-mail.</summary>
public sealed class CreateSignInLink(IDbContextFactory<PortalDb> databases, SignInLinks links, TimeProvider time)
{
    /// <summary>How long it works.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromHours(1);

    /// <summary>Path and token of the link; it is shown once and stored nowhere.</summary>
    public async Task<Result<string>> RunAsync(Actor actor, Guid userId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        if (actor.RefuseProgram() is { } program)
            return program;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(each => each.Id == userId, cancel) is not { } user)
            return Error.NotFound;
        if (user.DisabledAt is not null)
            return new Error("account-closed", "The account is closed.", "Open it again first.");

        // The record first: a link that nobody reads of must not be.
        Record(db, actor, user);
        await db.SaveChangesAsync(cancel);
        return $"/account/enter#{await links.CreateAsync(userId, ValidFor, cancel)}";
    }

    private void Record(PortalDb db, Actor actor, PortalUser user) =>
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, "create-sign-in-link", $"Made a sign-in link for {user.UserName}, good for one hour", user.Id));
}
