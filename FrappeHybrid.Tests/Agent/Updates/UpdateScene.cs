using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Contracts.Updates;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Updates;

/// <summary>A site in a bench of the older release, and a bench of the newer one beside it.</summary>
internal sealed record UpdateScene(AgentServer Server, BenchName Bench, BenchName Newer, SiteName Site, string Database)
{
    public static async Task<UpdateScene> CreateAsync(AgentServerFixture fixture, string name)
    {
        var (server, bench, newer) = await fixture.BenchesAsync();
        var site = SiteName.Parse($"{name}.example.com");
        var job = await server.UntilEndAsync(await server.NewSiteAsync(bench, site.Value, "Adm1n-of-the-tests!", "erpnext"));
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        return new UpdateScene(server, bench, newer, site, job.Result!.Value.Deserialize(AgentJson.Default.NewSiteResult)!.DatabaseName);
    }

    public Task<Guid> UpdateAsync(bool skipFailing = false) => Server.OrderAsync(
        HttpMethod.Post, UpdateRoutes.ForUpdate(Bench, Site), JsonSerializer.Serialize(new UpdateSiteRequest(Newer, skipFailing), UpdateJson.Default.UpdateSiteRequest));

    public Task<Guid> MigrateAsync(BenchName bench) => Server.OrderAsync(
        HttpMethod.Post, UpdateRoutes.ForMigrate(bench, Site), JsonSerializer.Serialize(new MigrateSiteRequest(SkipFailingPatches: false), UpdateJson.Default.MigrateSiteRequest));

    public Task<Guid> RecoverAsync() => Server.OrderAsync(HttpMethod.Post, UpdateRoutes.ForRecover(Bench, Site), "{}");

    /// <summary>One key of the site's configuration, through bench.</summary>
    public Task SetAsync(string key, string value) => AgentServer.BenchCommandAsync(Bench, "--site", Site.Value, "set-config", key, value);

    public Task WriteNoteAsync(string title) => Server.QueryAsync(
        $"INSERT INTO `{Database}`.tabNote (name, title, creation, modified) VALUES ('{title}', '{title}', NOW(), NOW())");

    public async Task<bool> HasNoteAsync(string title) => (await Server.QueryAsync($"SELECT 1 FROM `{Database}`.tabNote WHERE title = '{title}'")).Length == 1;

    /// <summary>What each table holds and how it is made, by its name; but for what the site's scheduler writes in its own time.</summary>
    public async Task<Dictionary<string, string>> TablesAsync()
    {
        var names = await Server.QueryAsync($"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = '{Database}' AND TABLE_NAME NOT IN ('tabScheduled Job Type', 'tabScheduled Job Log')");
        var rows = await Server.QueryAsync(string.Join(' ', names.Select(name => $"CHECKSUM TABLE `{Database}`.`{name}`;")));
        var columns = await Server.QueryAsync(
            $"SELECT CONCAT(TABLE_NAME, '\t', MD5(GROUP_CONCAT(COLUMN_NAME, COLUMN_TYPE ORDER BY ORDINAL_POSITION))) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '{Database}' GROUP BY TABLE_NAME");
        var made = columns.Select(row => row.Split("\\t")).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        return rows.Select(row => row.Split('\t')).ToDictionary(parts => parts[0][(Database.Length + 1)..], parts => $"{parts[1]} {made[parts[0][(Database.Length + 1)..]]}", StringComparer.Ordinal);
    }

    /// <summary>The site serves from that bench, is in no other, and nothing of the job is left.</summary>
    public async Task AssertServesAsync(BenchName bench, string version)
    {
        Assert.Equal((true, 200, false), await StateAsync(bench));
        var other = bench == Bench ? Newer : Bench;
        Assert.False(Directory.Exists(new BenchFolder(Server.Paths, other).SiteFolder(Site)));
        Assert.False(File.Exists(new BenchFolder(Server.Paths, other).NginxFile(Site)));
        Assert.DoesNotContain(Site.Value, await File.ReadAllTextAsync(new BenchFolder(Server.Paths, other).Hosts), StringComparison.Ordinal);
        Assert.Contains(Site.Value, await File.ReadAllTextAsync(new BenchFolder(Server.Paths, bench).Hosts), StringComparison.Ordinal);
        Assert.Empty(await Server.QueryAsync($"SHOW DATABASES LIKE '{Database}\\_copy'"));
        Assert.False(File.Exists(Path.Combine(Server.Paths.UpdatesFolder, $"{Site}.json")));
        var tables = await Server.QueryAsync($"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = '{Database}' AND TABLE_NAME = 'tabDelivery Report'");
        Assert.Equal(version == "15.51.0", tables.Length == 1);
    }

    public async Task<(bool InNginx, int? Status, bool Maintenance)> StateAsync(BenchName bench)
    {
        var info = await Server.ReadAsync(bench, Site);
        return (info.InNginx, info.Status, info.MaintenanceMode);
    }

    public static bool HasReached(JobSnapshot job, string step) =>
        job.Steps.Single(each => each.Key == step).State != StepState.Pending || job.State is JobState.Success or JobState.Failure;

    public static string Seconds(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";
}
