using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Releases;

/// <summary>Asks a release's registry what its tag means now.</summary>
public sealed class CheckRelease(IDbContextFactory<PortalDb> databases, RegistryClient registry, RegistrySignIns signIns, TimeProvider time)
{
    /// <summary>Done: the digest is stored. Otherwise why the registry does not tell.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid releaseId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Refuse(Capability.OperatePortal, Place.Portal) is { } refused)
            return refused;
        await using var db = await databases.CreateDbContextAsync(cancel);
        var release = await db.Releases.SingleOrDefaultAsync(each => each.Id == releaseId, cancel);
        if (release is null)
            return Error.NotFound;
        try
        {
            release.See(await registry.DigestAsync(release.Image, (await signIns.ForAsync(db, [release.Image], cancel)) is [var signIn, ..] ? signIn : null, cancel), time.GetUtcNow());
        }
        catch (RegistryException exception)
        {
            return exception.Error;
        }

        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
