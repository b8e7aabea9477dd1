namespace FrappeHybrid.Core.Webhooks;

/// <summary>Where a delivery is.</summary>
public enum WebhookDeliveryState
{
    /// <summary>To be sent, or to be tried again.</summary>
    Waiting,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>Given up: after 24 hours, or because the webhook was switched off.</summary>
    Failed,
}
