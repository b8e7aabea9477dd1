namespace FrappeHybrid.Core.Webhooks;

/// <summary>The portal does not post there; the message is for the team.</summary>
internal sealed class WebhookRefusedException(string message) : IOException(message);
