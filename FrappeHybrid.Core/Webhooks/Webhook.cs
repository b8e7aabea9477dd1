using FrappeHybrid.Core.Notifications;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>An address of a team's own that is told of events, signed with a secret that only the two know.</summary>
public sealed class Webhook : ITeamOwned
{
    /// <summary>Purpose under which secrets are encrypted.</summary>
    public const string SecretPurpose = "webhook-secret";

    /// <summary>The most webhooks of a team.</summary>
    public const int MostOfTeam = 20;

    /// <summary>How long the old secret goes on signing when a new one was made.</summary>
    public static readonly TimeSpan Rotation = TimeSpan.FromHours(24);

    /// <summary>After this without one delivery that arrived it is switched off.</summary>
    public static readonly TimeSpan PatienceWithFailing = TimeSpan.FromDays(3);

    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    /// <summary>Where it posts to, checked by <see cref="WebhookAddress"/>.</summary>
    public required string Url { get; set; }

    /// <summary>What it is for; 0 to 200 characters.</summary>
    public required string Description { get; set; }

    /// <summary>Keys of <see cref="NotificationKinds.OfTeams"/>: what it is told of.</summary>
    public required List<string> Kinds { get; set; }

    public bool IsActive { get; set; } = true;

    /// <summary>Encrypted under <see cref="SecretPurpose"/>; shown once, when it was made.</summary>
    public required string SecretProtected { get; set; }

    /// <summary>The secret before, while it still signs too.</summary>
    public string? OldSecretProtected { get; set; }

    /// <summary>Until when that one signs.</summary>
    public DateTimeOffset? OldSecretUntil { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when no delivery has arrived; null when the last one did.</summary>
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>When the portal switched it off because it failed for too long; null otherwise.</summary>
    public DateTimeOffset? SwitchedOffAt { get; set; }

    /// <inheritdoc/>
    public Place Place => new(TeamId);

    /// <summary>Whether it is told of such events.</summary>
    public bool Takes(NotificationKind kind) => IsActive && Kinds.Contains(NotificationKinds.Of(kind).Key);

    /// <summary>Begins anew after somebody has looked: what failed before counts no longer.</summary>
    public void SwitchOn()
    {
        IsActive = true;
        FailingSince = null;
        SwitchedOffAt = null;
    }
}
