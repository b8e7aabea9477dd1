using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Releases;

/// <summary>Changes what a release is called and what is in it; its image stays what benches were made from.</summary>
public sealed class EditRelease(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>Done, or why not.</summary>
    /// <param name="text">Its image is not looked at.</param>
    public async Task<Result> RunAsync(Actor actor, Guid releaseId, ReleaseText text, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await Release.FindOwnAsync(db, actor, releaseId, cancel);
        if (!found.IsDone)
            return found.Error;
        ArgumentNullException.ThrowIfNull(text);
        var rules = ReleaseRules.Check(text);
        if (!rules.IsDone)
            return rules.Error;
        var release = found.Value;
        var before = Describe(release);
        (release.Name, release.Version, release.Apps) = rules.Value;
        db.Activity.Add(ActivityEntry.Of(time, actor, Place.Portal, "edit-release", $"Edited the release {release.Name} ({release.Image})", release.Id, before: before, after: Describe(release)));
        await db.SaveChangesAsync(cancel);
        return Result.Done;
    }

    private static string Describe(Release release) => $"{release.Name}: {release.Version}, {string.Join(", ", release.Apps)}";
}
