using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Notifications;

/// <summary>Something happened that people and webhooks may want to hear of. Made in the same save as what it tells of; who hears of it is found out in the background.</summary>
public sealed class NotificationEvent : ITeamOwned
{
    public required Guid Id { get; init; }

    /// <summary>The team; empty for what is of one person only.</summary>
    public required Guid TeamId { get; init; }

    public Guid? ServerId { get; init; }

    public Guid? BenchId { get; init; }

    public Guid? SiteId { get; init; }

    /// <summary>The person whom it is about, who is told whatever the rights; null for none.</summary>
    public Guid? UserId { get; init; }

    public required NotificationKind Kind { get; init; }

    /// <summary>One sentence without a full stop, at most 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>Why, one line of at most 500 characters without a secret; null when the title says it all.</summary>
    public string? Detail { get; init; }

    /// <summary>The page in the portal that shows it, from the first slash on.</summary>
    public required string Path { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When all who hear of it were written down; null until then.</summary>
    public DateTimeOffset? FannedOutAt { get; set; }

    /// <inheritdoc/>
    public Place Place => new(TeamId, ServerId, BenchId, SiteId);
}
