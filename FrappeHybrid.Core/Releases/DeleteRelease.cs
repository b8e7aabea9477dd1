using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Releases;

/// <summary>Takes a release that was never used out of the catalogue; one that was used is retired instead, because benches tell by it what they run.</summary>
public sealed class DeleteRelease(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    public async Task<Result> RunAsync(Actor actor, Guid releaseId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await Release.FindOwnAsync(db, actor, releaseId, cancel);
        if (!found.IsDone)
            return found.Error;
        if (await db.Benches.AnyAsync(bench => bench.ReleaseId == releaseId, cancel))
            return new Error("release-used", $"Benches were made from {found.Value.Name}: their history needs it.", "Retire it instead; it is then no longer offered.");
        db.Releases.Remove(found.Value);
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, "delete-release", $"Deleted the release {found.Value.Name} ({found.Value.Image})", releaseId));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }
}
