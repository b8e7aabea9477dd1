using FrappeHybrid.Core.Activity;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>What the acts on a site's domains have in common: each orders the whole list as it is to be.</summary>
public sealed class SiteDomainOrders(IDbContextFactory<PortalDb> databases, SiteNames names, JobFactory jobs, JobOrders orders, TimeProvider time)
{
    /// <summary>Most domains of a site beside its name.</summary>
    public const int Most = 50;

    /// <summary>Orders the change that <paramref name="change"/> makes of what is.</summary>
    internal async Task<Result<Guid>> OrderAsync(
        Actor actor, Guid siteId, Func<Site, ChangeDomainsRequest, Result<ChangeDomainsRequest>> change, string action, Func<Site, string> summary, CancellationToken cancel)
    {
        using var hold = await names.HoldAsync(cancel);
        await using var db = await databases.CreateDbContextAsync(cancel);
        var found = await SiteOrders.FindAsync(db, actor, siteId, cancel);
        if (!found.IsDone)
            return found.Error;
        var (site, bench) = found.Value;
        if (!site.IsServing)
            return SiteOrders.NotServing(site);
        var now = await db.SiteDomains.Where(domain => domain.SiteId == siteId).OrderBy(domain => domain.AddedAt).Select(domain => domain.Name).ToListAsync(cancel);
        var before = new ChangeDomainsRequest(now, site.PrimaryDomain, site.RedirectDomains);
        var changed = change(site, before);
        if (!changed.IsDone)
            return changed.Error;
        var job = jobs.ForSite(SiteJobTypes.ChangeDomains, site, SiteWorkRoutes.ForDomains(bench.Name, site.Name), changed.Value, SiteWorkJson.Default.ChangeDomainsRequest);
        return await orders.PlaceAsync(db, job, ActivityEntry.Of(time, actor, site.Place, action, summary(site), before: Describe(site, before), after: Describe(site, changed.Value)), cancel);
    }

    private static string Describe(Site site, ChangeDomainsRequest domains) =>
        $"{string.Join(", ", domains.Domains.Select(domain => domain.Value).Prepend(site.Name.Value))}; primary {domains.Primary?.Value ?? site.Name.Value}{(domains.Redirect ? ", the others lead there" : "")}";

    /// <summary>What somebody typed, in the form that DNS knows; null when it is no domain.</summary>
    public static DomainName? Read(string? typed)
    {
        var text = (typed ?? "").Trim().TrimEnd('.');
        try
        {
            text = new System.Globalization.IdnMapping().GetAscii(text);
        }
        catch (ArgumentException)
        {
            return null;
        }

        return DomainName.TryParse(text.ToLowerInvariant(), out var name) ? name : null;
    }
}
