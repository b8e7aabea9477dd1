using System.Net.Sockets;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Tests.Core.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace FrappeHybrid.Tests.Core.Sites;

public sealed class DomainCheckTests
{
    private static readonly Dictionary<string, DnsAnswer?> Zone = new()
    {
        ["agent"] = new(["192.0.2.1", "2001:db8::1"], null),
        ["here.example.com"] = new(["192.0.2.1"], null),
        ["alias.example.com"] = new(["192.0.2.1", "2001:db8::1"], "agent.example.net"),
        ["else.example.com"] = new(["192.0.2.1", "198.51.100.9"], null),
        ["none.example.com"] = null,
    };

    [Theory]
    [InlineData("here.example.com", DomainVerdict.Here, null)]
    [InlineData("alias.example.com", DomainVerdict.Here, "agent.example.net")]
    [InlineData("else.example.com", DomainVerdict.Elsewhere, null)]
    [InlineData("none.example.com", DomainVerdict.Nowhere, null)]
    [InlineData("mute.example.com", DomainVerdict.Unknown, null)]
    public async Task A_domain_is_compared_with_the_address_of_the_sites_server(string domain, DomainVerdict verdict, string? alias)
    {
        await using var core = await TestCore.StartAsync();
        var site = await core.AddSiteAsync(await core.AddBenchAsync(await core.AddServerAsync()));
        var checks = new DomainChecks(core.Get<IDbContextFactory<PortalDb>>(), new FakeDns(), core.Time);
        var check = await checks.CheckAsync(core.Owner, site.Id, domain, TestCore.Cancel);
        Assert.Equal((verdict, alias), (check.Value.Verdict, check.Value.CanonicalName));
        Assert.Equal(Zone["agent"]!.Addresses, check.Value.Expected);
        Assert.Equal("not-found", (await checks.CheckAsync(TestCore.ActorOf(Guid.CreateVersion7(), FrappeHybrid.Core.Teams.TeamRole.Owner), site.Id, domain, TestCore.Cancel)).Error?.Code);
    }

    private sealed class FakeDns : IDnsLookup
    {
        public Task<DnsAnswer?> FindAsync(string name, CancellationToken cancel) =>
            Zone.TryGetValue(name, out var answer) ? Task.FromResult(answer) : throw new SocketException((int)SocketError.TryAgain);
    }
}
