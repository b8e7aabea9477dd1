using System.Net.Sockets;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Teams;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.Sites;

/// <summary>Looks up where DNS sends the visitors of a domain, and whether that is the site's server.</summary>
public sealed class DomainChecks(IDbContextFactory<PortalDb> databases, IDnsLookup dns, TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    /// <summary>Live, nothing kept.</summary>
    public async Task<Result<DomainCheck>> CheckAsync(Actor actor, Guid siteId, string domain, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        if (await db.Sites.AsNoTracking().VisibleTo(actor).SingleOrDefaultAsync(each => each.Id == siteId, cancel) is not { } site)
            return Error.NotFound;
        if (SiteDomainOrders.Read(domain) is not { } name)
            return new Error("domain-invalid", DomainName.Rule);
        var address = await db.Servers.Where(server => server.Id == site.ServerId).Select(server => server.Address).SingleAsync(cancel);
        var (expected, found) = (await FindAsync(address, cancel), await FindAsync(name.Value, cancel));
        var verdict = (expected, found) switch
        {
            ({ IsKnown: false }, _) or (_, { IsKnown: false }) => DomainVerdict.Unknown,
            (_, { Answer: null }) => DomainVerdict.Nowhere,
            _ when found.Addresses.Count > 0 && found.Addresses.All(expected.Addresses.Contains) => DomainVerdict.Here,
            _ => DomainVerdict.Elsewhere,
        };
        return new DomainCheck(name, verdict, found.Addresses, found.Answer?.CanonicalName, expected.Addresses, time.GetUtcNow());
    }

    private async Task<(bool IsKnown, DnsAnswer? Answer, IReadOnlyList<string> Addresses)> FindAsync(string name, CancellationToken cancel)
    {
        if (System.Net.IPAddress.TryParse(name, out var address))
            return (true, null, [address.ToString()]);
        try
        {
            using var limit = new CancellationTokenSource(Limit, time);
            using var any = CancellationTokenSource.CreateLinkedTokenSource(cancel, limit.Token);
            var answer = await dns.FindAsync(name, any.Token);
            return (true, answer, answer?.Addresses ?? []);
        }
        catch (Exception exception) when (exception is SocketException || exception is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return (false, null, []);
        }
    }
}
