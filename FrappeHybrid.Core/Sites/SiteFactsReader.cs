using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Servers;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>Asks Agents how their sites are and stores what they say. A server that does not answer leaves the last known facts.</summary>
public sealed class SiteFactsReader(IDbContextFactory<PortalDb> databases, AgentClient agents, TimeProvider time)
{
    /// <summary>Younger facts are not asked for again when somebody opens a page.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Asks for one site when its facts are older than <see cref="Kept"/> or <paramref name="fresh"/>; true when something new was stored.</summary>
    public async Task<bool> RefreshAsync(Guid siteId, bool fresh, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var site = await db.Sites.SingleOrDefaultAsync(each => each.Id == siteId, cancel);
        if (site is not { IsServing: true })
            return false;
        var known = await db.SiteFacts.SingleOrDefaultAsync(each => each.Id == siteId, cancel);
        if (!fresh && known is not null && time.GetUtcNow() - known.At < Kept)
            return false;
        var server = await db.Servers.AsNoTracking().SingleAsync(each => each.Id == site.ServerId, cancel);
        if (server.State is not ServerState.Active)
            return false;
        var bench = await db.Benches.AsNoTracking().SingleAsync(each => each.Id == site.BenchId, cancel);
        try
        {
            var path = SiteWorkRoutes.ForFacts(bench.Name, site.Name) + (fresh ? "?fresh=true" : "");
            var info = await agents.GetAsync(server, path, SiteWorkJson.Default.SiteFactsInfo, Limit, cancel);
            if (known is null)
                db.SiteFacts.Add(known = new SiteFacts { Id = site.Id, TeamId = site.TeamId });
            known.Put(info);
            if (info.Apps.Count > 0 && !site.Apps.SequenceEqual(info.Apps.Select(app => app.App.Value), StringComparer.Ordinal))
                site.Apps = [.. info.Apps.Select(app => app.App.Value)];
            await db.SaveChangesAsync(cancel);
            return true;
        }
        catch (AgentException)
        {
            return false;
        }
        catch (DbUpdateException)
        {
            // Somebody else asked at the same time, or the site moved on meanwhile: theirs is as good.
            return false;
        }
    }

    /// <summary>Asks for every site that serves, one after the other.</summary>
    public async Task RefreshAllAsync(CancellationToken cancel)
    {
        List<Guid> sites;
        await using (var db = await databases.CreateDbContextAsync(cancel))
            sites = await db.Sites.Where(site => site.State == SiteState.Active || site.State == SiteState.Recovered).Select(site => site.Id).ToListAsync(cancel);
        foreach (var site in sites)
            await RefreshAsync(site, fresh: false, cancel);
    }
}
