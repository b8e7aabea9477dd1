using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Updates;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Releases;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Updates;

/// <summary>What pages ask about updates.</summary>
public sealed class UpdateQueries(IDbContextFactory<PortalDb> databases)
{
    /// <summary>What the site can be updated to; null when there is no such site for the actor.</summary>
    public async Task<UpdateOffer?> ForSiteAsync(Actor actor, Guid siteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var site = await db.Sites.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == siteId, cancel);
        if (site is null)
            return null;
        var types = UpdateJobTypes.All.Select(type => type.Key).ToList();
        var last = await db.Jobs.Where(job => job.SiteId == siteId && types.Contains(job.Type)).OrderByDescending(job => job.CreatedAt).Select(job => (Guid?)job.Id).FirstOrDefaultAsync(cancel);
        return await OfferAsync(db, site.BenchId, [site], last, cancel);
    }

    /// <summary>What the bench's sites can be updated to; null when there is no such bench for the actor.</summary>
    public async Task<UpdateOffer?> ForBenchAsync(Actor actor, Guid benchId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (!await db.Benches.VisibleTo(actor).AnyAsync(each => each.Id == benchId, cancel))
            return null;
        var sites = await db.Sites.AsNoTracking().Where(site => site.BenchId == benchId && site.State != SiteState.Archived && site.State != SiteState.Trashed).ToListAsync(cancel);
        return await OfferAsync(db, benchId, sites, null, cancel);
    }

    /// <summary>What the job said at its end; null while it runs, when it failed, or when it is not the actor's to see.</summary>
    public async Task<UpdateSiteResult?> ResultAsync(Actor actor, Guid jobId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var job = await db.Jobs.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == jobId, cancel);
        return job is null || job.Type == UpdateJobTypes.RecoverSite.Key ? null : job.ResultAs(UpdateJson.Default.UpdateSiteResult);
    }

    private static async Task<UpdateOffer> OfferAsync(PortalDb db, Guid benchId, IReadOnlyList<Site> sites, Guid? lastJobId, CancellationToken cancel)
    {
        var releases = await db.Releases.AsNoTracking().ToDictionaryAsync(release => release.Id, cancel);
        var bench = await db.Benches.AsNoTracking().SingleAsync(each => each.Id == benchId, cancel);
        var benches = await db.Benches.AsNoTracking()
            .Where(each => each.ServerId == bench.ServerId && each.Id != benchId && (each.State == BenchState.Active || each.State == BenchState.Installing)).ToListAsync(cancel);
        var now = releases[bench.ReleaseId];
        var newer = benches.Where(each => UpdateRules.IsNewer(now.Version, releases[each.ReleaseId].Version)).ToList();
        var targets = newer.Select(each => Target(each, releases[each.ReleaseId], now, sites)).OrderByDescending(target => Version.Parse(target.Version)).ThenBy(target => target.BenchName, StringComparer.Ordinal);
        var apps = sites.SelectMany(site => site.Apps).Distinct().ToList();
        var missing = releases.Values
            .Where(release => release.IsEnabled && UpdateRules.IsNewer(now.Version, release.Version) && newer.All(each => each.ReleaseId != release.Id) && apps.All(release.Apps.Contains))
            .OrderByDescending(release => Version.Parse(release.Version));
        return new UpdateOffer(now.Version, [.. targets], [.. missing.Select(release => new NewerRelease(release.Id, release.Name, release.Version))], lastJobId);
    }

    private static UpdateTarget Target(Bench bench, Release release, Release now, IReadOnlyList<Site> sites) =>
        new(bench.Id, bench.Name.Value, release.Name, release.Version, sites.Select(site => UpdateRules.Refuse(site, now, bench, release)).FirstOrDefault(error => error is not null));
}
