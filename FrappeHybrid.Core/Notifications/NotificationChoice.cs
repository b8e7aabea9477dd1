namespace FrappeHybrid.Core.Notifications;

/// <summary>
/// How one wants to be told of a kind. The narrowest counts: a person's choice for the team, the person's for all teams, the team's own, what the kind's rule says.
/// </summary>
public sealed class NotificationChoice
{
    /// <summary>The person; empty for what a team's managers chose for its members.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The team; empty for all of them.</summary>
    public required Guid TeamId { get; init; }

    public required NotificationKind Kind { get; init; }

    public required bool InBell { get; set; }

    public required bool ByEmail { get; set; }
}
