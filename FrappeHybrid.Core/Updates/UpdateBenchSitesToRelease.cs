using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Updates;

/// <summary>
/// Begins the update of all sites of a bench to a release that no bench of the server runs yet: orders the new bench and the update in one save. The sites wait until the bench
/// is ready; when it cannot be made the update stops and says why, and no site has been touched.
/// </summary>
public sealed class UpdateBenchSitesToRelease(IDbContextFactory<PortalDb> databases, CreateBench createBench, UpdateBenchSites updateSites, DispatchSignal dispatch)
{
    /// <summary>The bench update's id.</summary>
    /// <param name="benchId">Where the sites are.</param>
    /// <param name="releaseId">What they go to.</param>
    /// <param name="benchName">Name of the new bench, on the same server.</param>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid benchId, Guid releaseId, string benchName, bool skipFailingPatches, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await UpdateBenchSites.FindAsync(db, actor, benchId, cancel);
        if (!found.IsDone)
            return found.Error;
        var bench = found.Value;
        var made = await createBench.AddAsync(db, actor, bench.ServerId, benchName, releaseId, cancel);
        if (!made.IsDone)
            return made.Error;
        var added = await updateSites.AddAsync(db, actor, bench, made.Value, skipFailingPatches, cancel);
        if (!added.IsDone)
            return added.Error;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return await db.BenchUpdates.AnyAsync(each => each.BenchId == benchId && each.Id != added.Value && each.State != BenchUpdateState.Done && each.State != BenchUpdateState.Cancelled, cancel)
                ? UpdateBenchSites.Open(bench)
                : CreateBench.NameTaken(made.Value.Name);
        }

        dispatch.Raise();
        return added.Value;
    }
}
