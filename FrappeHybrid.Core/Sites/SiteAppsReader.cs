using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>Which apps a site could have, and what uninstalling one would take away.</summary>
public sealed class SiteAppsReader(IDbContextFactory<PortalDb> databases, AgentClient agents)
{
    /// <summary>bench takes a second or two for it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);

    /// <summary>Apps of the release of the site's bench; none when the site is not the actor's to see.</summary>
    public async Task<IReadOnlyList<string>> OfferedAsync(Actor actor, Guid siteId, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var site = await db.Sites.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == siteId, cancel);
        var bench = site is null ? null : await db.Benches.AsNoTracking().SingleAsync(each => each.Id == site.BenchId, cancel);
        return bench is null ? [] : (await db.Releases.AsNoTracking().SingleAsync(each => each.Id == bench.ReleaseId, cancel)).Apps;
    }

    /// <summary>bench's dry run, and the documents of the app; nothing is changed by asking.</summary>
    public async Task<Result<UninstallPreview>> PreviewAsync(Actor actor, Guid siteId, string app, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var (site, bench) = found.Value;
        if (!AppName.TryParse(app, out var name))
            return new Error("app-name-invalid", AppName.Rule);
        var server = await db.Servers.AsNoTracking().SingleAsync(each => each.Id == site.ServerId, cancel);
        try
        {
            return await agents.GetAsync(server, SiteWorkRoutes.ForUninstallPreview(bench.Name, site.Name, name), SiteWorkJson.Default.UninstallPreview, Limit, cancel);
        }
        catch (AgentException exception)
        {
            return exception.Error;
        }
    }
}
