using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>Takes a domain away from a site. Its own name cannot be taken away; renaming changes that.</summary>
public sealed class RemoveSiteDomain(SiteDomainOrders orders)
{
    /// <summary>The job's id.</summary>
    public Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, string domain, CancellationToken cancel) => orders.OrderAsync(
        actor,
        siteId,
        (site, now) => SiteDomainOrders.Read(domain) is { } name && now.Domains.Contains(name)
            ? now with { Domains = [.. now.Domains.Where(each => each != name)], Primary = now.Primary == name ? null : now.Primary }
            : new Error("domain-missing", $"{domain} is no domain of {site.Name}."),
        "remove-domain",
        site => $"Removed the domain {SiteDomainOrders.Read(domain)} from {site.Name}",
        cancel);
}
