using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using FrappeHybrid.Core.Contracts;

namespace FrappeHybrid.Core.Servers;

/// <summary>
/// The way to Agents: HTTPS with certificates pinned on both sides and no other trust, neither authorities nor names. One pool of connections a server,
/// so that a dead one costs nobody else anything.
/// </summary>
public sealed class AgentConnection(PortalCertificate portal) : IAgentConnection, IDisposable
{
    private readonly ConcurrentDictionary<Guid, Pool> pools = new();

    /// <summary>A client for the server's Agent; not to be disposed. Throws when the server has none yet.</summary>
    public HttpClient For(Server server) =>
        For(server.Id, server.Address, server.AgentFingerprint ?? throw new InvalidOperationException($"The server {server.Id} has no Agent yet."));

    /// <summary>The same from the three values that matter. Another address or fingerprint makes a new pool.</summary>
    public HttpClient For(Guid serverId, string address, string fingerprint)
    {
        var pool = pools.AddOrUpdate(
            serverId,
            _ => new Pool(address, fingerprint, Make(address, fingerprint)),
            (_, existing) => existing.Serves(address, fingerprint) ? existing : new Pool(address, fingerprint, Make(address, fingerprint)));
        return pool.Client;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var pool in pools.Values)
            pool.Client.Dispose();
        pools.Clear();
    }

    private HttpClient Make(string address, string fingerprint)
    {
        var own = portal.Value;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
            SslOptions = new SslClientAuthenticationOptions
            {
                TargetHost = "frappe-hybrid-agent",
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                LocalCertificateSelectionCallback = (_, _, _, _, _) => own,
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    certificate is X509Certificate2 shown && string.Equals(PortalCertificate.FingerprintOf(shown), fingerprint, StringComparison.OrdinalIgnoreCase),
            },
        };
        return new HttpClient(handler)
        {
            BaseAddress = BaseAddress(address),
            // Each call has a limit of its own: a feed is open for days.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    private static Uri BaseAddress(string address) =>
        new(string.Create(CultureInfo.InvariantCulture, $"https://{(address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address)}:{AgentRoutes.Port}"));

    private sealed record Pool(string Address, string Fingerprint, HttpClient Client)
    {
        public bool Serves(string address, string fingerprint) =>
            string.Equals(Address, address, StringComparison.Ordinal) && string.Equals(Fingerprint, fingerprint, StringComparison.OrdinalIgnoreCase);
    }
}
