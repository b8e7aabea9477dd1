using FrappeHybrid.Core.Sites;

namespace FrappeHybrid.Tests.Portal.Support;

/// <summary>What DNS says of the seeded names, without a network: most lead to the server, one elsewhere, the campaign's nowhere.</summary>
internal sealed class SeededDns : IDnsLookup
{
    public Task<DnsAnswer?> FindAsync(string name, CancellationToken cancel) => Task.FromResult(name switch
    {
        "shop.example.net" => new DnsAnswer(["203.0.113.200"], null),
        "www.shop.example.com" => new DnsAnswer(["203.0.113.10"], "fra-1.example.net"),
        _ when name.Contains("campaign", StringComparison.Ordinal) => null,
        _ => new DnsAnswer(["203.0.113.10", "2001:db8::10"], null),
    });
}
