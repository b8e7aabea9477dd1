using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using Xunit;

namespace FrappeHybrid.Tests.Agent;

/// <summary>Domains, configuration and name of a site, against a real engine, MariaDB and nginx.</summary>
[Collection(AgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class SiteChangeEngineTests(AgentServerFixture fixture)
{
    private const string Password = "Adm1n-of-the-tests!";

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Domains_are_served_and_the_others_are_sent_to_the_primary_one_and_back_again()
    {
        var (server, bench, site) = await SiteAsync("domains.example.com");
        var config = Path.Combine(new BenchFolder(server.Paths, bench).SiteFolder(site), "site_config.json");
        await SiteWorkEngineTests.DoneAsync(server, SiteWorkRoutes.ForDomains(bench, site), """{"domains":["www.example.net","old.example.net"],"primary":"www.example.net","redirect":true}""");

        // At once, for every visitor: none is taken by one of nginx's workers from before.
        for (var visitor = 0; visitor < 50; visitor++)
            Assert.Equal((301, "http://www.example.net:8080/app/todo?x=1"), await AskAsync(server, "old.example.net:8080", "/app/todo?x=1"));

        Assert.Equal((200, null), await AskAsync(server, "www.example.net", "/api/method/ping"));
        Assert.Equal((301, "http://www.example.net/"), await AskAsync(server, site.Value, "/"));
        Assert.Equal("http://www.example.net", (string?)SiteConfigFile.Read(config)["host_name"]);
        Assert.Equal(["domains.example.com", "www.example.net", "old.example.net"], (await SiteWorkEngineTests.FactsAsync(server, bench, site)).Domains.Select(domain => domain.Value));

        // The name is taken now, for a domain and for a site.
        var (_, _, other) = await SiteAsync("other.example.com");
        var refused = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, SiteWorkRoutes.ForDomains(bench, other), """{"domains":["old.example.net"],"redirect":false}"""));
        Assert.Equal(JobErrorCodes.DomainTaken, refused.Error?.Code);
        var site2 = await server.UntilEndAsync(await server.NewSiteAsync(bench, "old.example.net", Password));
        Assert.Equal(JobErrorCodes.SiteExists, site2.Error?.Code);

        await SiteWorkEngineTests.DoneAsync(server, SiteWorkRoutes.ForDomains(bench, site), """{"domains":[],"redirect":false}""");
        Assert.Equal((200, null), await AskAsync(server, site.Value, "/"));
        Assert.DoesNotContain("www.example.net", await File.ReadAllTextAsync(new BenchFolder(server.Paths, bench).NginxFile(site), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trap_13_the_websocket_lets_a_visitor_in_under_every_domain()
    {
        var (server, bench, site) = await SiteAsync("domains.example.com");
        await SiteWorkEngineTests.DoneAsync(server, SiteWorkRoutes.ForDomains(bench, site), """{"domains":["socket.example.net"],"primary":"socket.example.net","redirect":true}""");
        var nginx = await File.ReadAllTextAsync(new BenchFolder(server.Paths, bench).NginxFile(site), Cancel);

        // What socket.io asks the site at its own name is answered there, although everything else of that name is redirected.
        Assert.Contains("server_name domains.example.com;", nginx, StringComparison.Ordinal);
        Assert.Equal(200, (await AskAsync(server, site.Value, "/api/method/frappe.realtime.get_user_info")).Status);
        Assert.Equal(301, (await AskAsync(server, site.Value, "/app")).Status);

        using var http = new HttpClient();
        var handshake = await PollAsync(http, server, HttpMethod.Get, "socket.example.net", "", null);
        var sid = JsonNode.Parse(handshake[handshake.IndexOf('{', StringComparison.Ordinal)..])!["sid"]!.GetValue<string>();
        await PollAsync(http, server, HttpMethod.Post, "socket.example.net", $"&sid={sid}", "40/domains.example.com,");
        var entered = await PollAsync(http, server, HttpMethod.Get, "socket.example.net", $"&sid={sid}", null);

        // Origin, Host and namespace fit, and the name is found; this test's nginx is not on port 80, where the service asks.
        Assert.Contains("ECONNREFUSED", entered, StringComparison.Ordinal);
        Assert.Contains(":80", entered, StringComparison.Ordinal);
        await SiteWorkEngineTests.DoneAsync(server, SiteWorkRoutes.ForDomains(bench, site), """{"domains":[],"redirect":false}""");
    }

    [Fact]
    public async Task A_change_of_the_configuration_keeps_types_and_says_no_secret_and_an_old_version_is_refused()
    {
        var (server, bench, site) = await SiteAsync("other.example.com");
        var before = await ConfigAsync(server, bench, site);
        Assert.All(before.Keys.Where(key => key.Key is "db_password"), key => Assert.Equal((true, true, null), (key.IsSecret, key.IsProtected, key.Value)));
        await SiteWorkEngineTests.DoneAsync(server, SiteWorkRoutes.ForConfig(bench, site), $$"""{"version":"{{before.Version}}","set":{"developer_mode":1,"allow_cors":["https://a.example"],"mail_password":"canary-mail-9182"},"remove":[]}""");

        var after = await ConfigAsync(server, bench, site);
        var text = JsonSerializer.Serialize(after, SiteWorkJson.Default.SiteConfigInfo);
        Assert.DoesNotContain("canary-mail-9182", text, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Number, after.Keys.Single(key => key.Key == "developer_mode").Value!.Value.ValueKind);
        Assert.Equal(JsonValueKind.Array, after.Keys.Single(key => key.Key == "allow_cors").Value!.Value.ValueKind);
        await SiteWorkEngineTests.AssertNowhereAsync(server, bench, "canary-mail-9182");
        Assert.Empty(Directory.GetFiles(new BenchFolder(server.Paths, bench).SiteFolder(site), "*before*"));

        var late = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, SiteWorkRoutes.ForConfig(bench, site), $$"""{"version":"{{before.Version}}","set":{"developer_mode":0},"remove":[]}"""));
        Assert.Equal(JobErrorCodes.ConfigChanged, late.Error?.Code);
        await SiteWorkEngineTests.DoneAsync(server, SiteWorkRoutes.ForConfig(bench, site), $$"""{"version":"{{after.Version}}","set":{},"remove":["developer_mode","allow_cors","mail_password"]}""");
        Assert.Equal(before.Version, (await ConfigAsync(server, bench, site)).Version);
    }

    [Theory]
    [InlineData("""{"db_name":"_0000000000000000"}""")]
    [InlineData("""{"maintenance_mode":1}""")]
    [InlineData("""{"a b":1}""")]
    [InlineData("""{"frappe_hybrid_paused_before":1}""")]
    public async Task A_key_that_is_not_a_persons_is_refused(string set)
    {
        var (server, bench, site) = await SiteAsync("other.example.com");
        using var request = new HttpRequestMessage(HttpMethod.Post, SiteWorkRoutes.ForConfig(bench, site)) { Content = new StringContent($$"""{"version":"x","set":{{set}},"remove":[]}""") };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        using var answer = await server.Client.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_renamed_site_keeps_its_database_and_domains_and_its_old_name_is_free_for_a_new_site()
    {
        var (server, bench, site) = await SiteAsync("before.example.com");
        var folder = new BenchFolder(server.Paths, bench);
        var database = (await server.ReadAsync(bench, site)).DatabaseName;
        await SiteWorkEngineTests.DoneAsync(server, SiteWorkRoutes.ForDomains(bench, site), """{"domains":["after.example.com","kept.example.net"],"redirect":false}""");
        Directory.CreateDirectory(Path.Combine(folder.Path, "backups", site.Value, "one"));
        await Shell.TryAsync("chown", "-R", "1000:1000", Path.Combine(folder.Path, "backups"));

        var renamed = SiteName.Parse("after.example.com");
        await SiteWorkEngineTests.DoneAsync(server, SiteWorkRoutes.ForRename(bench, site), """{"newName":"after.example.com"}""");
        Assert.Equal(new SiteInfo(renamed, database, MaintenanceMode: false, InNginx: true, 200), await server.ReadAsync(bench, renamed));
        Assert.Equal(["after.example.com", "kept.example.net"], (await SiteWorkEngineTests.FactsAsync(server, bench, renamed)).Domains.Select(domain => domain.Value));
        Assert.Equal("http://after.example.com", (string?)SiteConfigFile.Read(Path.Combine(folder.SiteFolder(renamed), "site_config.json"))["host_name"]);
        Assert.Equal(200, (await AskAsync(server, "kept.example.net", "/api/method/ping")).Status);
        Assert.True(Directory.Exists(Path.Combine(folder.Path, "backups", renamed.Value, "one")));
        Assert.False(Directory.Exists(folder.SiteFolder(site)) || File.Exists(folder.NginxFile(site)));
        Assert.DoesNotContain(site.Value, await File.ReadAllTextAsync(folder.Hosts, Cancel), StringComparison.Ordinal);

        var again = await server.UntilEndAsync(await server.NewSiteAsync(bench, site.Value, Password));
        Assert.True(again.State == JobState.Success, $"{again.Error}");
        var second = (await server.ReadAsync(bench, site)).DatabaseName;
        Assert.NotEqual(database, second);
        Assert.True(DatabaseName.TryParse(second, out _));
        Assert.Equal(200, (await server.ReadAsync(bench, renamed)).Status);

        var taken = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, SiteWorkRoutes.ForRename(bench, site), """{"newName":"kept.example.net"}"""));
        Assert.Equal(JobErrorCodes.SiteExists, taken.Error?.Code);
    }

    private static async Task<SiteConfigInfo> ConfigAsync(AgentServer server, BenchName bench, SiteName site) =>
        JsonSerializer.Deserialize(await server.Client.GetStringAsync(SiteWorkRoutes.ForConfig(bench, site), Cancel), SiteWorkJson.Default.SiteConfigInfo)!;

    private static async Task<(int Status, string? Location)> AskAsync(AgentServer server, string host, string path)
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{server.NginxPort}{path}");
        request.Headers.Host = host;
        try
        {
            using var answer = await browser.SendAsync(request, Cancel);
            return ((int)answer.StatusCode, answer.Headers.Location?.OriginalString);
        }
        catch (HttpRequestException)
        {
            return (0, null);
        }
    }

    private static async Task<string> PollAsync(HttpClient http, AgentServer server, HttpMethod method, string host, string query, string? body)
    {
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{server.NginxPort}/socket.io/?EIO=4&transport=polling{query}") { Content = body is null ? null : new StringContent(body) };
        request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation("Origin", $"http://{host}");
        request.Headers.TryAddWithoutValidation("Cookie", "sid=Guest");
        using var answer = await http.SendAsync(request, Cancel);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private async Task<(AgentServer Server, BenchName Bench, SiteName Site)> SiteAsync(string name)
    {
        var (server, bench) = await fixture.BenchAsync();
        var site = SiteName.Parse(name);
        if (!Directory.Exists(new BenchFolder(server.Paths, bench).SiteFolder(site)))
        {
            var job = await server.UntilEndAsync(await server.NewSiteAsync(bench, name, Password));
            Assert.True(job.State == JobState.Success, $"{job.Error}");
        }

        return (server, bench, site);
    }
}
