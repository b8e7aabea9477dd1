using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>Chooses which name stands for a site, also in links that it writes, and whether the others lead there.</summary>
public sealed class SetPrimaryDomain(SiteDomainOrders orders)
{
    /// <summary>The job's id.</summary>
    /// <param name="domain">One of the site's domains, or its own name.</param>
    /// <param name="redirect">Visitors of the others are sent there.</param>
    public Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, string domain, bool redirect, CancellationToken cancel) => orders.OrderAsync(
        actor,
        siteId,
        (site, now) => SiteDomainOrders.Read(domain) switch
        {
            { } name when name.Value == site.Name.Value => now with { Primary = null, Redirect = redirect },
            { } name when now.Domains.Contains(name) => now with { Primary = name, Redirect = redirect },
            _ => new Error("domain-missing", $"{domain} is no domain of {site.Name}."),
        },
        "set-primary-domain",
        site => $"Made {SiteDomainOrders.Read(domain)} the primary domain of {site.Name}{(redirect ? ", the others lead there" : "")}",
        cancel);
}
