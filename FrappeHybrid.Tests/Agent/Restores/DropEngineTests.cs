using System.Text.Json;
using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Restores;
using FrappeHybrid.Tests.Agent.Backups;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Restores;

/// <summary>Dropping real sites, bringing them back, deleting them for ever; cloning and reinstalling.</summary>
[Collection(SecondAgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class DropEngineTests(AgentServerFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trap_5_a_dropped_site_outlives_the_benchs_containers_and_comes_back_as_it_was()
    {
        var site = await SiteAsync("dropped.example.com");
        await site.BenchAsync("set-config", "max_file_size", "77");
        await site.BenchAsync("disable-scheduler");
        var before = await site.BackUpAsync();
        var common = site.Folder.CommonSiteConfig;
        await site.InBackendAsync("sed -i \"1a \\ \\\"default_site\\\": \\\"$1\\\",\" sites/common_site_config.json", site.Name.Value);
        var database = site.Database;

        var dropped = await EndAsync(site, RestoreRoutes.ForDrop(site.Bench, site.Name), """{"withoutBackup":false}""");
        var result = dropped.Result!.Value.Deserialize(RestoreJson.Default.DropSiteResult)!;
        Assert.True(result.CanComeBack);
        Assert.False(Directory.Exists(site.Path));
        Assert.False(File.Exists(site.Folder.NginxFile(site.Name)));
        Assert.DoesNotContain(site.Name.Value, await File.ReadAllTextAsync(site.Folder.Hosts, Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain("default_site", await File.ReadAllTextAsync(common, Cancel), StringComparison.Ordinal);
        Assert.Contains("redis_cache", await File.ReadAllTextAsync(common, Cancel), StringComparison.Ordinal);
        Assert.Empty(await site.Server.QueryAsync($"SHOW DATABASES LIKE '\\{database}'"));
        Assert.Empty(await site.UsersAsync(database));

        // In a folder of the server, not in the container: that one may go.
        var archive = Path.Combine(site.Server.Root, ServerLayout.ArchivedFolder.TrimStart('/'), $"{site.Name}-{result.Archive}");
        Assert.True(Directory.Exists(Path.Combine(archive, "site/public/files")));
        await Shell.RunAsync("docker", "restart", "-t", "1", $"{site.Bench}-backend");
        Assert.Equal("first", await File.ReadAllTextAsync(Path.Combine(archive, "site/private/files/private.txt"), Cancel));

        await site.Server.UntilAsync(async () => (await Shell.TryAsync("docker", "exec", $"{site.Bench}-backend", "true")).Code == 0);
        await EndAsync(site, RestoreRoutes.ForUntrash(site.Bench, site.Name), Untrash(site, result.Archive));
        Assert.Equal("first first first", await site.ReadAsync());
        Assert.Contains(SiteUnderTest.Key, site.Config, StringComparison.Ordinal);
        Assert.Contains("max_file_size", site.Config, StringComparison.Ordinal);
        Assert.DoesNotContain("maintenance_mode", site.Config, StringComparison.Ordinal);
        Assert.Contains("disabled", await site.BenchAsync("scheduler", "status"), StringComparison.Ordinal);
        await site.AssertServesAsync();
        Assert.False(Directory.Exists(archive));
        Assert.Contains(before.Id, (await BackupEngineTests.ListAsync(site.Server, site.Bench, site.Name)).Select(backup => backup.Id));
    }

    [Fact]
    public async Task A_site_whose_name_was_taken_meanwhile_comes_back_under_another()
    {
        var site = await SiteAsync("taken.example.com");
        var result = (await EndAsync(site, RestoreRoutes.ForDrop(site.Bench, site.Name), """{"withoutBackup":false}""")).Result!.Value.Deserialize(RestoreJson.Default.DropSiteResult)!;
        var other = await SiteAsync("taken.example.com");
        await other.WriteAsync("the other");
        var refused = await site.Server.UntilEndAsync(await site.Server.OrderAsync(HttpMethod.Post, RestoreRoutes.ForUntrash(site.Bench, site.Name), Untrash(site, result.Archive)));
        Assert.Equal(JobErrorCodes.SiteExists, refused.Error?.Code);

        var back = new SiteUnderTest(site.Server, site.Bench, SiteName.Parse("back.example.com"));
        await EndAsync(site, RestoreRoutes.ForUntrash(site.Bench, back.Name), Untrash(site, result.Archive));
        Assert.Equal("first first first", await back.ReadAsync());
        Assert.Equal("the other the other the other", await other.ReadAsync());
        await back.AssertServesAsync();
        await other.AssertServesAsync();
    }

    [Fact]
    public async Task Trap_2_a_half_made_site_that_bench_cannot_drop_is_dropped()
    {
        var (server, bench) = await fixture.BenchAsync();
        var site = new SiteUnderTest(server, bench, SiteName.Parse("half.example.com"));
        await site.InBackendAsync("mkdir -p \"$1/logs\" && echo '{' > \"$1/site_config.json\"", $"sites/{site.Name}");
        Assert.NotEqual(0, (await Shell.TryAsync("docker", "exec", $"{bench}-backend", "bench", "drop-site", site.Name.Value, "--force", "--no-backup")).Code);

        var result = (await EndAsync(site, RestoreRoutes.ForDrop(bench, site.Name), """{"withoutBackup":false}""")).Result!.Value.Deserialize(RestoreJson.Default.DropSiteResult)!;
        Assert.False(result.CanComeBack);
        Assert.False(Directory.Exists(site.Path));
        var refused = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, RestoreRoutes.ForUntrash(bench, site.Name), Untrash(site, result.Archive)));
        Assert.Equal(JobErrorCodes.ArchiveNotFound, refused.Error?.Code);

        var folder = Path.Combine(server.Root, ServerLayout.ArchivedFolder.TrimStart('/'), $"{site.Name}-{result.Archive}");
        Assert.True(Directory.Exists(folder));
        var purge = $$"""{"archive":"{{result.Archive}}","site":"{{site.Name}}"}""";
        await EndAsync(site, RestoreRoutes.ForPurge(site.Name, result.Archive), purge);
        Assert.False(Directory.Exists(folder));
        Assert.Equal(StepState.Skipped, (await EndAsync(site, RestoreRoutes.ForPurge(site.Name, result.Archive), purge)).Steps[0].State);
    }

    [Fact]
    public async Task A_configuration_that_names_another_sites_database_drops_nothing()
    {
        var site = await SiteAsync("victim.example.com");
        var thief = await SiteAsync("thief.example.com");
        var own = thief.Database;
        await thief.InBackendAsync("sed -i \"s/$1/$2/\" \"$3/site_config.json\"", own, site.Database, $"sites/{thief.Name}");
        var job = await site.Server.UntilEndAsync(await site.Server.OrderAsync(HttpMethod.Post, RestoreRoutes.ForDrop(site.Bench, thief.Name), """{"withoutBackup":true}"""));
        Assert.Equal(JobErrorCodes.SiteConfigInvalid, job.Error?.Code);
        Assert.Equal("first first first", await site.ReadAsync());
        await site.AssertServesAsync();

        // bench's tools stop at the first site of a bench that they can't sign in to: other tests use them.
        await thief.InBackendAsync("sed -i \"s/$1/$2/\" \"$3/site_config.json\"", site.Database, own, $"sites/{thief.Name}");
    }

    [Fact]
    public async Task A_clone_is_a_site_of_its_own_and_its_original_keeps_serving()
    {
        var site = await SiteAsync("original.example.com");
        await site.BenchAsync("set-config", "max_file_size", "55");
        var clone = new SiteUnderTest(site.Server, site.Bench, SiteName.Parse("clone.example.com"));
        var request = new CloneSiteRequest(clone.Name, site.Bench, "Cl0ne-password!", Quiet: true);
        var job = await EndAsync(site, RestoreRoutes.ForClone(site.Bench, site.Name), JsonSerializer.Serialize(request, RestoreJson.Default.CloneSiteRequest));
        Assert.Equal(["frappe", "erpnext"], job.Result!.Value.Deserialize(RestoreJson.Default.RestoreResult)!.Apps.Select(app => app.Value));
        Assert.Equal("first first first", await clone.ReadAsync());
        await clone.WriteAsync("of the clone");
        Assert.Equal("first first first", await site.ReadAsync());
        Assert.NotEqual(site.Database, clone.Database);
        Assert.Contains("max_file_size", clone.Config, StringComparison.Ordinal);
        Assert.Contains("\"mute_emails\": 1", clone.Config, StringComparison.Ordinal);
        Assert.Contains(SiteUnderTest.Key, clone.Config, StringComparison.Ordinal);
        Assert.Contains("disabled", await clone.BenchAsync("scheduler", "status"), StringComparison.Ordinal);
        Assert.Contains("enabled", await site.BenchAsync("scheduler", "status"), StringComparison.Ordinal);
        await clone.AssertServesAsync();
        await site.AssertServesAsync();

        // The backup on the way is nobody's.
        Assert.Empty(await BackupEngineTests.ListAsync(site.Server, site.Bench, site.Name));
        await RestoreEngineTests.AssertNoSecretAsync(site.Server, site.Bench, "Cl0ne-password!", SiteUnderTest.Key);
    }

    [Fact]
    public async Task A_reinstalled_site_has_its_apps_and_a_new_password_and_its_old_self_in_a_backup()
    {
        var site = await SiteAsync("again.example.com");
        var old = site.Database;
        var request = new ReinstallSiteRequest("Re1nstalled-password!", SafetyBackup: true);
        var job = await EndAsync(site, RestoreRoutes.ForReinstall(site.Bench, site.Name), JsonSerializer.Serialize(request, RestoreJson.Default.ReinstallSiteRequest));
        var result = job.Result!.Value.Deserialize(RestoreJson.Default.RestoreResult)!;
        Assert.Empty(await site.Server.QueryAsync($"SELECT title FROM `{site.Database}`.tabNote"));
        Assert.Empty(Directory.GetFiles(Path.Combine(site.Path, "public/files")));
        Assert.DoesNotContain("encryption_key", site.Config, StringComparison.Ordinal);
        Assert.Contains("erpnext", await site.BenchAsync("list-apps"), StringComparison.Ordinal);
        Assert.Contains("enabled", await site.BenchAsync("scheduler", "status"), StringComparison.Ordinal);
        Assert.Empty(await site.Server.QueryAsync($"SHOW DATABASES LIKE '\\{old}'"));
        await site.AssertServesAsync();
        await RestoreEngineTests.AssertNoSecretAsync(site.Server, site.Bench, "Re1nstalled-password!");

        var restored = await site.RestoreAsync(result.SafetyBackup!);
        Assert.True(restored.State == JobState.Success, $"{restored.Error}");
        Assert.Equal("first first first", await site.ReadAsync());
    }

    [Fact]
    public async Task A_reinstall_that_fails_puts_the_site_back_as_it_was()
    {
        var site = await SiteAsync("notagain.example.com");
        var config = site.Config;
        var id = await site.Server.OrderAsync(
            HttpMethod.Post, RestoreRoutes.ForReinstall(site.Bench, site.Name), JsonSerializer.Serialize(new ReinstallSiteRequest("Re1nstalled-password!", SafetyBackup: false), RestoreJson.Default.ReinstallSiteRequest));
        await site.Server.FollowAsync(id, job => job.Steps.Any(step => step.Key == RestoreSteps.Create.Key && step.Progress > 10));
        Assert.Equal(503, (await site.Server.ReadAsync(site.Bench, site.Name)).Status);
        await site.Server.CancelAsync(id);
        Assert.Equal(JobState.Cancelled, (await site.Server.UntilEndAsync(id)).State);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(config), JsonNode.Parse(site.Config)), site.Config);
        Assert.Equal("first first first", await site.ReadAsync());
        await site.AssertServesAsync();
    }

    private static string Untrash(SiteUnderTest site, Guid archive) =>
        JsonSerializer.Serialize(new UntrashSiteRequest(archive, site.Name), RestoreJson.Default.UntrashSiteRequest);

    private static async Task<JobSnapshot> EndAsync(SiteUnderTest site, string path, string body)
    {
        var job = await site.Server.UntilEndAsync(await site.Server.OrderAsync(HttpMethod.Post, path, body));
        Assert.True(job.State == JobState.Success, $"{job.Type}: {job.Error}\n{site.Server.Output}");
        return job;
    }

    private async Task<SiteUnderTest> SiteAsync(string name)
    {
        var (server, bench) = await fixture.BenchAsync();
        return await SiteUnderTest.MakeAsync(server, bench, name);
    }
}
