using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>Adds a domain under which a site is reached. Whether DNS leads there already is for the person to see and decide.</summary>
public sealed class AddSiteDomain(SiteDomainOrders orders)
{
    /// <summary>The job's id; "site-name-taken" when another site of any team has it as its name or as a domain.</summary>
    public Task<Result<Guid>> RunAsync(Actor actor, Guid siteId, string domain, CancellationToken cancel) => orders.OrderAsync(
        actor,
        siteId,
        (site, now) =>
        {
            if (SiteDomainOrders.Read(domain) is not { } name)
                return new Error("domain-invalid", DomainName.Rule);
            if (name.Value == site.Name.Value || now.Domains.Contains(name))
                return new Error("domain-there", $"{name} is a domain of this site already.");
            return now.Domains.Count >= SiteDomainOrders.Most
                ? new Error("domains-many", $"A site has at most {SiteDomainOrders.Most} domains.", "Remove one that is not needed.")
                : now with { Domains = [.. now.Domains, name] };
        },
        "add-domain",
        site => $"Added the domain {SiteDomainOrders.Read(domain)} to {site.Name}",
        cancel);
}
