using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Releases;

/// <summary>Forgets the portal's sign-in at a registry; benches that run are not touched.</summary>
public sealed class RemoveRegistrySignIn(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid registryId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.ImageRegistries.SingleOrDefaultAsync(each => each.Id == registryId, cancel) is not { } registry)
            return Error.NotFound;
        db.ImageRegistries.Remove(registry);
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, "remove-registry-sign-in", $"Removed the sign-in at {registry.Host}", registryId, before: registry.UserName));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
