namespace FrappeHybrid.Core.Teams;

/// <summary>A server, bench or site to which a limited member is limited.</summary>
public sealed class MemberPlace
{
    public required Guid TeamId { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The server's, bench's or site's id.</summary>
    public required Guid ThingId { get; init; }
}
