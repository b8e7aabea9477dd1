namespace FrappeHybrid.Core.Webhooks;

/// <summary>What a person types about a webhook.</summary>
/// <param name="Url">Where it posts to.</param>
/// <param name="Description">What it is for; up to 200 characters.</param>
/// <param name="Kinds">Keys of <see cref="Notifications.NotificationKinds.OfTeams"/>; at least one.</param>
/// <param name="IsActive">Whether it is told of anything.</param>
public sealed record WebhookDraft(string Url, string Description, IReadOnlyList<string> Kinds, bool IsActive = true);
