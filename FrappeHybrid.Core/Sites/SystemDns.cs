using System.Net;
using System.Net.Sockets;

namespace FrappeHybrid.Core.Sites;

/// <summary>
/// The resolver of the portal's own machine. It follows a CNAME by itself and gives the name at its end (getaddrinfo's canonical name); the steps between,
/// and a CNAME that leads nowhere, would need a DNS client of its own.
/// </summary>
internal sealed class SystemDns : IDnsLookup
{
    public async Task<DnsAnswer?> FindAsync(string name, CancellationToken cancel)
    {
        try
        {
            var entry = await Dns.GetHostEntryAsync(name, cancel);
            var canonical = entry.HostName.TrimEnd('.');
            return new DnsAnswer(
                [.. entry.AddressList.Select(address => address.ToString()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                IPAddress.TryParse(name, out _) || string.Equals(canonical, name, StringComparison.OrdinalIgnoreCase) ? null : canonical);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData)
        {
            return null;
        }
    }
}
