using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Contracts.Updates;
using FrappeHybrid.Tests.Agent;

namespace FrappeHybrid.Tests.Measure.Update;

/// <summary>A server with a bench of the older release and one of the newer, and sites with data; each contender gets a site of its own.</summary>
internal sealed class UpdateGround : IAsyncDisposable
{
    private static readonly string[] Visited = ["frontend", "backend", "websocket", "queue-short", "queue-long", "scheduler"];
    private readonly int megabytes;
    private int number;

    private UpdateGround(AgentServer server, int megabytes)
    {
        Server = server;
        this.megabytes = megabytes;
        Old = BenchName.Parse($"{server.Prefix}-old");
        New = BenchName.Parse($"{server.Prefix}-new");
    }

    private AgentServer Server { get; }

    private BenchName Old { get; }

    private BenchName New { get; }

    public static async Task<UpdateGround> LayAsync(int megabytes)
    {
        var ground = new UpdateGround(await AgentServer.CreateAsync(), megabytes);
        await ground.SucceedAsync(await ground.Server.NewBenchAsync(ground.Old));
        await ground.SucceedAsync(await ground.Server.NewBenchAsync(ground.New, ground.Server.Images.NewerRelease));
        return ground;
    }

    /// <summary>By the product: the job "Update".</summary>
    public async Task<TimeSpan> OursAsync()
    {
        var (site, _) = await NewSiteAsync();
        await using var visitor = new Visitor(Server.NginxPort, site.Value);
        var body = JsonSerializer.Serialize(new UpdateSiteRequest(New, SkipFailingPatches: false), UpdateJson.Default.UpdateSiteRequest);
        await SucceedAsync(await Server.OrderAsync(HttpMethod.Post, UpdateRoutes.ForUpdate(Old, site), body));
        return await SeenAsync(visitor);
    }

    /// <summary>
    /// As it is done by hand: everything is stopped, the database dumped, the site migrated with the newer release, everything started. The site is in the newer
    /// bench already, not migrated, so that neither moving it nor making containers anew counts against this way.
    /// </summary>
    public async Task<TimeSpan> PlainAsync()
    {
        var (site, database) = await NewSiteAsync();
        await MoveByHandAsync(site);
        var containers = Visited.Select(service => $"{New}-{service}").ToArray();
        await using var visitor = new Visitor(Server.NginxPort, site.Value);
        await Server.UntilAsync(() => Task.FromResult(visitor.Pages > 10));
        await Shell.RunAsync("docker", ["stop", .. containers]);
        await Shell.RunAsync(
            "docker", "exec", $"{Server.Prefix}-mariadb", "bash", "-o", "pipefail", "-c",
            $"mariadb-dump --defaults-extra-file={ServerLayout.MariaDbClientOptionsInContainer} --single-transaction --quick {database} | gzip > /tmp/{database}.sql.gz");
        await Shell.RunAsync("docker", "start", $"{New}-backend");
        await Shell.RunAsync("docker", "exec", $"{New}-backend", "bench", "--site", site.Value, "migrate");
        await Shell.RunAsync("docker", ["start", .. containers]);
        return await SeenAsync(visitor);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private async Task<TimeSpan> SeenAsync(Visitor visitor)
    {
        var before = visitor.Pages;
        await Server.UntilAsync(() => Task.FromResult(visitor.Pages > before + 25));
        return visitor.Down;
    }

    private async Task<(SiteName Site, string Database)> NewSiteAsync()
    {
        var site = SiteName.Parse(string.Create(CultureInfo.InvariantCulture, $"measured{++number}.example.com"));
        var job = await SucceedAsync(await Server.NewSiteAsync(Old, site.Value, "Adm1n-of-the-measure!", "erpnext"));
        var database = job.Result!.Value.Deserialize(AgentJson.Default.NewSiteResult)!.DatabaseName;

        // Rows of about a kilobyte that do not compress to nothing, spread over four tables.
        foreach (var table in (string[])["tabNote", "tabWeb Page", "tabError Log", "tabFile"])
        {
            var column = table switch { "tabNote" => "content", "tabWeb Page" => "main_section", "tabError Log" => "error", _ => "file_url" };
            await Server.QueryAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"USE `{database}`; INSERT INTO `{table}` (name, `{column}`) SELECT CONCAT('m', seq), REPEAT(CONCAT(SHA2(seq, 256), SHA2(-seq, 256)), 8) FROM seq_1_to_{megabytes * 1024 / 4}"));
        }

        return (site, database);
    }

    private async Task MoveByHandAsync(SiteName site)
    {
        var (from, to) = (new BenchFolder(Server.Paths, Old), new BenchFolder(Server.Paths, New));
        Directory.Move(from.SiteFolder(site), to.SiteFolder(site));
        var ports = (Old: (await Server.ReadAsync(Old)).FrontendPort, New: (await Server.ReadAsync(New)).FrontendPort);
        var text = await File.ReadAllTextAsync(from.NginxFile(site));
        await File.WriteAllTextAsync(to.NginxFile(site), text.Replace(string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ports.Old}"), string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ports.New}"), StringComparison.Ordinal));
        File.Delete(from.NginxFile(site));
        await Shell.RunAsync("docker", "restart", "-t", "1", $"{Server.Prefix}-nginx");
    }

    private async Task<JobSnapshot> SucceedAsync(Guid id)
    {
        var job = await Server.UntilEndAsync(id);
        return job.State == JobState.Success ? job : throw new InvalidOperationException($"{job.Type} ended as {job.State}: {job.Error}");
    }
}
