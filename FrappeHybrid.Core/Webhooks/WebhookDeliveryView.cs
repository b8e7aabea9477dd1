namespace FrappeHybrid.Core.Webhooks;

/// <summary>A delivery with all its tries, the newest first.</summary>
/// <param name="NextTryAt">When it is tried (again); null when it has ended.</param>
public sealed record WebhookDeliveryView(
    Guid Id, string Kind, string Title, string Body, DateTimeOffset CreatedAt, WebhookDeliveryState State, DateTimeOffset? NextTryAt, IReadOnlyList<WebhookTry> Tries);
