using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Restores;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Restores;

/// <summary>Makes a new site out of a backup.</summary>
public sealed class RestoreIntoNewSite(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>The new site's id; its page shows the job.</summary>
    /// <param name="benchId">The new site's bench, on the backup's server.</param>
    /// <param name="backupId">What it is made of.</param>
    /// <param name="name">The new site's name.</param>
    /// <param name="administratorPassword">For the new site; null to keep the one in the backup.</param>
    /// <param name="quiet">Scheduler and outgoing mail off, so that it does not send what the backup's own site sends too.</param>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid benchId, Guid backupId, string name, string? administratorPassword, bool quiet, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var wanted = await db.Benches.AsNoTracking().SingleOrDefaultAsync(each => each.Id == benchId, cancel);
        if (wanted is null)
            return Error.NotFound;
        if (actor.Refuse(Capability.ManageSites, wanted) is { } refused)
            return refused;
        var source = await RestoreSource.FindAsync(db, actor, backupId, wanted.TeamId, wanted.ServerId, cancel);
        if (!source.IsDone)
            return source.Error;
        var (backup, place) = source.Value;
        var bench = await NewSiteRows.FindBenchAsync(db, actor, benchId, backup.ServerId, backup.TeamId, backup.FrappeVersion, cancel);
        if (!bench.IsDone)
            return bench.Error;
        var parsed = await NewSiteRows.ReadNameAsync(db, name, administratorPassword, cancel);
        if (!parsed.IsDone)
            return parsed.Error;

        var apps = await db.Sites.Where(each => each.Id == backup.SiteId).Select(each => each.Apps).SingleAsync(cancel);
        var site = NewSiteRows.NewSite(bench.Value, parsed.Value, apps, time);
        var request = new RestoreNewSiteRequest(site.Name, place, administratorPassword, quiet);
        var job = jobs.ForSite(RestoreJobTypes.RestoreNewSite, site, RestoreRoutes.ForRestoreNew(bench.Value.Name), request, RestoreJson.Default.RestoreNewSiteRequest);
        var activity = ActivityEntry.Of(
            time, actor, site.Place, "restore-into-new-site", $"Made site {site.Name} from the backup of {backup.SiteName} of {backup.TakenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
        return await NewSiteRows.PlaceAsync(db, orders, site, job, activity, cancel);
    }
}
