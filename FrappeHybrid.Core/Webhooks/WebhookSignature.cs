using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FrappeHybrid.Core.Webhooks;

/// <summary>What proves to a receiver that the portal sent it, and when.</summary>
internal static class WebhookSignature
{
    /// <summary>A new secret: 32 random bytes, as text.</summary>
    public static string NewSecret() => "fhwh_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>The header's value: "v1=" and the HMAC-SHA256 (hex) of "timestamp.body", once for each secret, with a comma between them.</summary>
    public static string Of(long timestamp, string body, params IEnumerable<string> secrets)
    {
        var signed = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timestamp}.{body}"));
        return string.Join(',', secrets.Select(secret => "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))));
    }
}
