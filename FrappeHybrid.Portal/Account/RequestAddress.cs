namespace FrappeHybrid.Portal.Account;

/// <summary>From where a request comes, as the trusted proxy told.</summary>
internal static class RequestAddress
{
    /// <summary>The address as text, IPv4 as IPv4; null when there is none.</summary>
    public static string? Address(this HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => null,
        { IsIPv4MappedToIPv6: true } address => address.MapToIPv4().ToString(),
        var address => address.ToString(),
    };
}
