using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>A domain of a site beside its name. Kept from the moment of the order on, so that nobody else can take it meanwhile.</summary>
public sealed class SiteDomain : ITeamOwned
{
    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    /// <inheritdoc/>
    public Place Place => new(TeamId, SiteId: SiteId);

    public required Guid SiteId { get; init; }

    /// <summary>Unique in the whole portal.</summary>
    public required DomainName Name { get; init; }

    public SiteDomainState State { get; internal set; } = SiteDomainState.Adding;

    public required DateTimeOffset AddedAt { get; init; }
}
