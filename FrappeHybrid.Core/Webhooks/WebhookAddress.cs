using System.Net;
using System.Net.Sockets;
using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>Where a webhook may post to.</summary>
public static class WebhookAddress
{
    /// <summary>The most characters of an address.</summary>
    public const int Longest = 2000;

    // What is not of the Internet though it lies in 2000::/3, or in the unicast range of IPv4.
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>The address as it is kept, or why it cannot be one.</summary>
    public static Result<string> Check(string? text, WebhookOptions options)
    {
        var typed = (text ?? "").Trim();
        if (typed.Length > Longest || !Uri.TryCreate(typed, UriKind.Absolute, out var url) || url.Host.Length == 0 || typed.Any(char.IsControl))
            return new Error("webhook-url-invalid", "That is not a whole address.", "Write it as https://hooks.example.com/frappe-hybrid.");
        if (url.Scheme != Uri.UriSchemeHttps && !(options.AllowHttp && url.Scheme == Uri.UriSchemeHttp))
            return new Error("webhook-url-not-https", "The address must begin with https://.", "What is told goes over the Internet: give the receiver a certificate.");
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            return new Error("webhook-url-user", "The address must not hold a user, a password or a part after #.", "The signature says who sends it; take them out of the address.");
        // A name is asked for at each connection; an address that is written out can be refused now.
        if (!options.AllowPrivateAddresses && (IsLocalName(url.IdnHost) || (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var address) && !IsPublic(address))))
            return new Error("webhook-url-private", "The address is not of the Internet.", "The portal posts only to receivers that the Internet reaches.");
        return url.AbsoluteUri;
    }

    /// <summary>Whether it is an address of the public Internet: not loopback, private, link-local, unique-local, multicast, reserved, nor one of these in another's clothes.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily is AddressFamily.InterNetworkV6 && Translated.Contains(address))
            address = new IPAddress(address.GetAddressBytes()[12..]);
        return Array.TrueForAll(Special, network => !network.Contains(address)) && (address.AddressFamily is AddressFamily.InterNetwork || Global.Contains(address));
    }

    private static bool IsLocalName(string host) => host is "localhost" || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
