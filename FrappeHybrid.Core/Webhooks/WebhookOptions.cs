namespace FrappeHybrid.Core.Webhooks;

/// <summary>Settings of webhooks, section "Webhooks" of appsettings.json. Both are for tests and closed networks: whoever may make a webhook could else ask what only the portal reaches.</summary>
public sealed class WebhookOptions
{
    /// <summary>Receivers may be reached by http without TLS.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Receivers may have loopback, private and other addresses that are not of the Internet.</summary>
    public bool AllowPrivateAddresses { get; set; }
}
