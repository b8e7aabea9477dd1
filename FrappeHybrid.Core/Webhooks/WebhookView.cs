namespace FrappeHybrid.Core.Webhooks;

/// <summary>A webhook as its team sees it: without its secrets.</summary>
/// <param name="OldSecretUntil">Until when the secret before signs too; null when only one does.</param>
/// <param name="FailingSince">Since when nothing has arrived; null when the last one did.</param>
/// <param name="SwitchedOffAt">When the portal switched it off; null when it did not.</param>
/// <param name="LastAt">When something was last sent there; null when nothing was.</param>
public sealed record WebhookView(
    Guid Id,
    Guid TeamId,
    string Url,
    string Description,
    IReadOnlyList<string> Kinds,
    bool IsActive,
    DateTimeOffset CreatedAt,
    DateTimeOffset? OldSecretUntil,
    DateTimeOffset? FailingSince,
    DateTimeOffset? SwitchedOffAt,
    DateTimeOffset? LastAt);
