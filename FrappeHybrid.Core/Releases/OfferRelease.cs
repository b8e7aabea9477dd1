using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Releases;

/// <summary>Retires a release (it is no longer offered; benches that run it keep it), or offers it again.</summary>
public sealed class OfferRelease(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid releaseId, bool isOffered, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await Release.FindOwnAsync(db, actor, releaseId, cancel);
        if (!found.IsDone)
            return found.Error;
        if (found.Value.IsEnabled == isOffered)
            return Result.Done;
        found.Value.IsEnabled = isOffered;
        var (act, done) = isOffered ? ("offer-release", "Offered") : ("retire-release", "Retired");
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, act, $"{done} the release {found.Value.Name}", releaseId, before: isOffered ? "retired" : "offered", after: isOffered ? "offered" : "retired"));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
