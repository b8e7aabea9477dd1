using FrappeHybrid.Agent.Nginx;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Names;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

public sealed class SiteDomainsTests : IDisposable
{
    private static readonly SiteName Site = SiteName.Parse("shop.example.com");
    private readonly string folder = Directory.CreateTempSubdirectory("site-domains").FullName;

    public static TheoryData<string> Hostile =>
        ["", "shop", "a.b;", "10.0.0.1", "*.example.com", "a b.com", "Shop.example.com", "shop.example.com.", "shop.example.com:80", "a.com\n", "bücher.de", "-a.com", "a..com", new string('a', 60) + "." + new string('b', 60) + ".com"];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_name_that_is_no_domain_does_not_pass(string text) => Assert.False(DomainName.TryParse(text, out _));

    [Theory]
    [InlineData("www.example.com")]
    [InlineData("xn--bcher-kva.example")]
    [InlineData("1.example.co")]
    public void A_domain_passes(string text) => Assert.True(DomainName.TryParse(text, out _));

    [Fact]
    public void What_was_written_is_read_and_what_is_damaged_counts_as_none()
    {
        Assert.Empty(SiteDomains.Read(folder).Domains);
        var domains = new SiteDomains([DomainName.Parse("www.example.com")], DomainName.Parse("www.example.com"), Redirect: true);
        domains.Write(folder);
        var read = SiteDomains.Read(folder);
        Assert.Equal((domains.Domains[0], domains.Primary, true), (Assert.Single(read.Domains), read.Primary, read.Redirect));

        var file = Assert.Single(Directory.GetFiles(folder));
        foreach (var damaged in (string[])["", "{", "[]", """{"domains":["evil.com; return 200"],"primary":null,"redirect":false}""", """{"primary":"www.example.com"}"""])
        {
            File.WriteAllText(file, damaged);
            Assert.Same(SiteDomains.None, SiteDomains.Read(folder));
        }
    }

    [Fact]
    public void Without_a_redirect_every_domain_is_served_under_the_sites_own_name()
    {
        var text = Text(new SiteDomains([DomainName.Parse("www.example.com")], DomainName.Parse("www.example.com"), Redirect: false));
        Assert.Contains("server_name shop.example.com www.example.com;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("return 301", text, StringComparison.Ordinal);

        // Trap 13: socket.io compares the host names of Origin and Host, and asks back at that name.
        Assert.DoesNotContain("proxy_set_header Host $host", text, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_redirect_the_others_are_sent_to_the_primary_one()
    {
        var text = Text(new SiteDomains([DomainName.Parse("www.example.com"), DomainName.Parse("old.example.com")], DomainName.Parse("www.example.com"), Redirect: true));
        Assert.Contains("server_name www.example.com;", text, StringComparison.Ordinal);
        Assert.Contains("server_name shop.example.com old.example.com;", text, StringComparison.Ordinal);
        Assert.Contains("return 301 $scheme://www.example.com$visitors_port$request_uri;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_primary_that_is_no_domain_of_the_site_does_not_count()
    {
        var domains = new SiteDomains([], DomainName.Parse("gone.example.com"), Redirect: true);
        Assert.Equal("shop.example.com", domains.PrimaryOf(Site).Value);
        Assert.DoesNotContain("gone.example.com", Text(domains), StringComparison.Ordinal);
    }

    private static string Text(SiteDomains domains) => NginxEntry.Text(BenchName.Parse("main"), Site, 80, 18000, domains);
}
