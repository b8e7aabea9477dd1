using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Metrics;
using FrappeHybrid.Core.Contracts.Names;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>What a bench is on the disk.</summary>
public sealed class BenchFilesTests : IDisposable
{
    private readonly TemporaryRoot root = new();
    private readonly BenchFolder folder;

    public BenchFilesTests()
    {
        folder = new BenchFolder(root.Paths, BenchName.Parse("alpha"));
        Directory.CreateDirectory(folder.Config);
        Directory.CreateDirectory(folder.Nginx);
    }

    public void Dispose() => root.Dispose();

    [Fact]
    public void The_hosts_file_is_changed_in_place_because_a_container_has_it_mounted()
    {
        var hosts = new BenchHosts(folder);
        hosts.Create();

        // Open across the changes, as a mount is: another file of the same name would not be seen here.
        using var mounted = new StreamReader(new FileStream(folder.Hosts, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        hosts.Add("172.18.0.1", SiteName.Parse("one.example.com"));
        hosts.Add("172.18.0.1", SiteName.Parse("two.example.com"));
        hosts.Add("172.18.0.1", SiteName.Parse("one.example.com"));
        hosts.Remove(SiteName.Parse("two.example.com"));
        Assert.Equal(["127.0.0.1\tlocalhost", "::1\tlocalhost ip6-localhost ip6-loopback", "172.18.0.1\tone.example.com", ""], mounted.ReadToEnd().Split('\n'));
    }

    [Fact]
    public void A_name_is_taken_by_a_half_made_folder_or_an_entry_in_nginx_of_any_bench()
    {
        var catalog = new BenchCatalog(root.Paths);
        Directory.CreateDirectory(Path.Combine(folder.Sites, "half.example.com"));
        File.WriteAllText(Path.Combine(folder.Nginx, "left.example.com.conf"), "");
        File.WriteAllText(Path.Combine(folder.Nginx, "other.example.com.conf"), "server {\n    server_name other.example.com www.example.com;\n}\n");
        foreach (var taken in (string[])["half.example.com", "left.example.com", "www.example.com"])
            Assert.Equal("alpha", catalog.OwnerOf(SiteName.Parse(taken))?.Value);

        Assert.Null(catalog.OwnerOf(SiteName.Parse("free.example.com")));
        Assert.Null(catalog.OwnerOf(SiteName.Parse("example.com")));
    }

    [Fact]
    public void A_folder_without_a_record_is_no_bench()
    {
        File.WriteAllText(folder.Record, "{ half");
        Assert.Empty(new BenchCatalog(root.Paths).All());
        Assert.Single(new BenchCatalog(root.Paths).Folders());
    }

    [Fact]
    public void A_database_name_is_made_of_bench_and_site_and_is_safe_in_SQL()
    {
        var name = DatabaseName.For(BenchName.Parse("alpha"), SiteName.Parse("one.example.com"));
        Assert.Matches(@"\A_[0-9a-f]{16}\z", name.Value);
        Assert.Equal(name, DatabaseName.For(BenchName.Parse("alpha"), SiteName.Parse("one.example.com")));
        Assert.NotEqual(name, DatabaseName.For(BenchName.Parse("beta"), SiteName.Parse("one.example.com")));
    }

    [Theory]
    [InlineData(2, 768, 384, 192)]
    [InlineData(8, 2048, 1024, 512)]
    [InlineData(64, 4096, 2048, 1024)]
    public void Limits_follow_the_servers_memory(int gigabytes, int backend, int worker, int small)
    {
        var limits = BenchSizing.From((long)gigabytes << 30);
        Assert.Equal((backend, worker, small), (limits.BackendMegabytes, limits.WorkerMegabytes, limits.SmallServiceMegabytes));
    }

    [Fact]
    public void The_operating_system_is_called_what_it_calls_itself() =>
        Assert.Equal("Debian GNU/Linux 12 (bookworm)", ServerFacts.OperatingSystemName(["NAME=\"Debian GNU/Linux\"", "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\""]));
}
