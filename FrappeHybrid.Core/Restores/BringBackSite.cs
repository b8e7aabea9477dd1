using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Restores;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Restores;

/// <summary>Brings a dropped site back: with its name, apps, configuration, domains and scheduler as they were.</summary>
public sealed class BringBackSite(IDbContextFactory<PortalDb> databases, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>Code of the error that says: ask for another name.</summary>
    public const string NameTaken = "site-name-taken";

    /// <summary>Code of the error that says: ask for another bench.</summary>
    public const string BenchGone = "bench-not-active";

    /// <summary>The job's id.</summary>
    /// <param name="siteId">A site in the trash.</param>
    /// <param name="name">Another name, when its own is taken by now; null for its own.</param>
    /// <param name="benchId">Another bench of its server, when its own is gone; null for its own.</param>
    public async Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, string? name, Guid? benchId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var site = found.Value.Site;
        if (site is not { State: SiteState.Trashed, Trash: { } trash })
            return new Error("site-not-in-trash", $"{site.Name} is not in the trash.", "Look at the trash again: somebody was faster.");
        var bench = benchId is null ? found.Value.Bench : await db.Benches.SingleOrDefaultAsync(each => each.Id == benchId && each.ServerId == site.ServerId && each.TeamId == site.TeamId, cancel);
        if (bench is not { State: BenchState.Active })
            return new Error(BenchGone, $"The bench {found.Value.Bench.Name} of {trash.Name} is not active any more.", "Choose another bench of the server, of the same or a newer release.");
        var wanted = trash.Name;
        if (!string.IsNullOrWhiteSpace(name) && !SiteName.TryParse(name.Trim(), out wanted))
            return new Error("site-name-invalid", SiteName.Rule);
        if (await SiteNames.RefuseAsync(db, DomainName.Of(wanted), site.Id, cancel) is not null)
            return Taken(wanted);

        site.Name = wanted;
        site.BenchId = bench.Id;
        var request = new UntrashSiteRequest(trash.Archive, trash.Name);
        var job = jobs.ForSite(RestoreJobTypes.UntrashSite, site, RestoreRoutes.ForUntrash(bench.Name, wanted), request, RestoreJson.Default.UntrashSiteRequest);
        try
        {
            return await orders.PlaceAsync(db, job, ActivityEntry.Of(time, actor, site.Place, "bring-back-site", $"Brought back site {wanted}"), cancel);
        }
        catch (DbUpdateException exception) when (exception.IsUniqueViolation())
        {
            return Taken(wanted);
        }
    }

    private static Error Taken(SiteName name) => new(NameTaken, $"There is another site named {name} by now.", "Bring it back under another name, or drop or rename the other site first.");
}
