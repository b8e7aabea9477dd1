using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Updates;

/// <summary>Begins the update of all sites of a bench to another bench of the same server, which may still be being made.</summary>
public sealed class UpdateBenchSites(IDbContextFactory<PortalDb> databases, TimeProvider time)
{
    /// <summary>The bench update's id.</summary>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid benchId, Guid targetBenchId, bool skipFailingPatches, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await FindAsync(db, actor, benchId, cancel);
        if (!found.IsDone)
            return found.Error;
        var bench = found.Value;
        var target = await db.Benches.AsNoTracking().SingleOrDefaultAsync(each => each.Id == targetBenchId && each.ServerId == bench.ServerId, cancel);
        if (target is not { State: BenchState.Active or BenchState.Installing })
            return new Error("bench-not-found", "That bench is not on the same server, or does not work.", "Choose one from the list.");
        var added = await AddAsync(db, actor, bench, target, skipFailingPatches, cancel);
        if (!added.IsDone)
            return added.Error;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return Open(bench);
        }

        return added.Value;
    }

    /// <summary>The bench whose sites the actor may update.</summary>
    internal static async Task<Result<Bench>> FindAsync(PortalDb db, Actor actor, Guid benchId, CancellationToken cancel)
    {
        var bench = await db.Benches.AsNoTracking().SingleOrDefaultAsync(each => each.Id == benchId, cancel);
        if (bench is null)
            return Error.NotFound;
        return actor.Refuse(Capability.ManageSites, bench) is { } refused ? refused : bench;
    }

    /// <summary>The update and its activity, to be saved by the caller; a unique violation of the save is <see cref="Open"/>.</summary>
    internal async Task<Result<Guid>> AddAsync(PortalDb db, Actor actor, Bench bench, Bench target, bool skipFailingPatches, CancellationToken cancel)
    {
        var sites = await db.Sites.AsNoTracking().Where(site => site.BenchId == bench.Id && (site.State == SiteState.Active || site.State == SiteState.Recovered || site.State == SiteState.Working))
            .OrderBy(site => site.CreatedAt).ToListAsync(cancel);
        if (sites.Count == 0)
            return new Error("no-sites", $"{bench.Name} has no site that could be updated.", "There is nothing to do.");
        if (await RefuseAsync(db, bench, target, sites, cancel) is { } unfit)
            return unfit;

        var id = NewId.At(time);
        db.BenchUpdates.Add(new BenchUpdate
        {
            Id = id,
            TeamId = bench.TeamId,
            ServerId = bench.ServerId,
            BenchId = bench.Id,
            TargetBenchId = target.Id,
            SkipFailingPatches = skipFailingPatches,
            UserId = actor.UserId,
            UserName = actor.Name,
            CreatedAt = time.GetUtcNow(),
            ChangedAt = time.GetUtcNow(),
            Sites = [.. sites.Select((site, index) => new BenchUpdateSite { BenchUpdateId = id, SiteId = site.Id, Number = index + 1 })],
        });
        db.Activity.Add(ActivityEntry.Of(time, actor, bench.Place, "update-bench-sites", $"Began to update all {sites.Count} sites of {bench.Name} to {target.Name}"));
        return id;
    }

    internal static Error Open(Bench bench) => new("bench-update-open", $"The sites of {bench.Name} are being updated already.", "Wait until that is through, or cancel it.");

    private static async Task<Error?> RefuseAsync(PortalDb db, Bench bench, Bench target, IReadOnlyList<Site> sites, CancellationToken cancel)
    {
        var releases = await db.Releases.AsNoTracking().Where(release => release.Id == bench.ReleaseId || release.Id == target.ReleaseId).ToDictionaryAsync(release => release.Id, cancel);
        var (from, to) = (releases[bench.ReleaseId], releases[target.ReleaseId]);
        return sites.Select(site => UpdateRules.Refuse(site, from, target, to)).FirstOrDefault(error => error is not null && error.Code != UpdateRules.NotActive);
    }
}
