using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using FrappeHybrid.Agent.Backups;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Backups;

/// <summary>Backups of a real site, read by the real `bench restore`.</summary>
[Collection(AgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class BackupEngineTests(AgentServerFixture fixture)
{
    private const string Password = "Adm1n-of-the-tests!";
    private const string Key = "c2VjcmV0LWtleS1vZi10aGUtc2l0ZQ==";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_with_files_is_whole_and_bench_restores_it()
    {
        var (server, bench) = await fixture.BenchAsync();
        var site = await SiteAsync(server, bench, "kept.example.com");
        var files = new BenchFolder(server.Paths, bench).SiteFolder(site);
        await Shell.RunAsync("docker", "exec", $"{bench}-backend", "bench", "--site", site.Value, "set-config", "encryption_key", Key);
        await Shell.RunAsync("docker", "exec", $"{bench}-backend", "sh", "-c", "mkdir -p \"$1/public/files/deep\" && printf one > \"$1/public/files/deep/naïve file.txt\" && printf two > \"$1/private/files/two.txt\" && ln -s /etc/passwd \"$1/public/files/link\"", "sh", $"sites/{site}");
        var database = (await server.ReadAsync(bench, site)).DatabaseName;
        await server.QueryAsync($"INSERT INTO `{database}`.tabNote (name, title) VALUES ('kept', 'kept')");

        var record = await TakeAsync(server, bench, site, withFiles: true);
        Assert.Equal((BackupKind.Manual, "Asia/Kolkata", "15.50.0"), (record.Kind, record.SiteTimeZone, record.FrappeVersion));
        Assert.Equal(
            [BackupFileKind.Database, BackupFileKind.PublicFiles, BackupFileKind.PrivateFiles, BackupFileKind.SiteConfig], record.Files.Select(file => file.Kind));
        var folder = FolderOf(server, bench, record);
        foreach (var file in record.Files)
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, file.Name), Cancel);
            Assert.Equal((file.Bytes, file.Sha256), (bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, file.Name)));
        }

        Assert.Contains(Key, await File.ReadAllTextAsync(PathOf(BackupFileKind.SiteConfig), Cancel), StringComparison.Ordinal);
        var members = await Shell.RunAsync("tar", "tf", PathOf(BackupFileKind.PublicFiles), "--quoting-style=literal");
        Assert.Equal(
            $"./{site}/public/files/\n./{site}/public/files/deep/\n./{site}/public/files/deep/naïve file.txt", members);
        Assert.StartsWith("-- begin frappe metadata\n-- [frappe]\n-- version = ", await Shell.RunAsync("sh", "-c", "zcat \"$1\" | head -c 4096", "sh", PathOf(BackupFileKind.Database)), StringComparison.Ordinal);
        await Shell.RunAsync("gzip", "-t", PathOf(BackupFileKind.Database));

        // Everything is changed, then bench brings it back.
        await server.QueryAsync($"DELETE FROM `{database}`.tabNote");
        await Shell.RunAsync("docker", "exec", $"{bench}-backend", "rm", "-rf", $"sites/{site}/public/files/deep", $"sites/{site}/private/files/two.txt");
        foreach (var file in record.Files)
            File.Copy(Path.Combine(folder, file.Name), Path.Combine(files, file.Name));

        if (Environment.IsPrivilegedProcess)
            await Shell.RunAsync("chown", "-R", "1000:1000", files);

        var root = await Shell.RunAsync(
            "docker", "exec", $"{bench}-backend", "sh", "-c",
            $"printf '%s\\n' {AgentServer.RootPassword} | bench --site {site} restore {site}/{Name(BackupFileKind.Database)} --with-public-files sites/{site}/{Name(BackupFileKind.PublicFiles)} --with-private-files sites/{site}/{Name(BackupFileKind.PrivateFiles)}");
        Assert.Contains("has been restored with files", root, StringComparison.Ordinal);
        Assert.Equal(["kept"], await server.QueryAsync($"SELECT title FROM `{database}`.tabNote"));
        Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(files, "public/files/deep/naïve file.txt"), Cancel));
        Assert.Equal("two", await File.ReadAllTextAsync(Path.Combine(files, "private/files/two.txt"), Cancel));

        string Name(BackupFileKind kind) => record.Find(kind)!.Name;
        string PathOf(BackupFileKind kind) => Path.Combine(folder, Name(kind));
    }

    [Fact]
    public async Task Trap_7_names_carry_the_sites_own_time_and_the_record_says_UTC()
    {
        var (server, bench) = await fixture.BenchAsync();
        var site = await SiteAsync(server, bench, "zone.example.com");
        var record = await TakeAsync(server, bench, site, withFiles: false);
        Assert.Equal(TimeSpan.Zero, record.TakenAt.Offset);
        Assert.Equal(
            $"{record.TakenAt.AddHours(5.5).ToString("yyyyMMdd_HHmmss", CultureInfo.InvariantCulture)}-zone_example_com-database.sql.gz", record.Find(BackupFileKind.Database)!.Name);
        Assert.Equal([BackupFileKind.Database, BackupFileKind.SiteConfig], record.Files.Select(file => file.Kind));
    }

    [Fact]
    public async Task Trap_8_a_backup_outlives_what_bench_deletes_after_24_hours()
    {
        var (server, bench) = await fixture.BenchAsync();
        var site = await SiteAsync(server, bench, "old.example.com");
        var record = await TakeAsync(server, bench, site, withFiles: true);
        var own = Path.Combine(new BenchFolder(server.Paths, bench).SiteFolder(site), "private/backups");
        await Shell.RunAsync("docker", "exec", $"{bench}-backend", "bench", "--site", site.Value, "backup");
        var first = Directory.GetFiles(own);
        Assert.NotEmpty(first);

        // bench takes everything for old now.
        await Shell.RunAsync("docker", "exec", $"{bench}-backend", "bench", "--site", site.Value, "set-config", "keep_backups_for_hours", "0.0000001");
        await server.UntilAsync(async () =>
        {
            await Shell.RunAsync("docker", "exec", $"{bench}-backend", "bench", "--site", site.Value, "backup");
            return !Directory.GetFiles(own).Intersect(first).Any();
        });
        Assert.All(record.Files, file => Assert.Equal(file.Bytes, new FileInfo(Path.Combine(FolderOf(server, bench, record), file.Name)).Length));
        Assert.Equal(record.Id, Assert.Single(await ListAsync(server, bench, site)).Id);
    }

    internal static async Task<SiteName> SiteAsync(AgentServer server, BenchName bench, string name)
    {
        var job = await server.UntilEndAsync(await server.NewSiteAsync(bench, name, Password));
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        return SiteName.Parse(name);
    }

    internal static async Task<BackupRecord> TakeAsync(AgentServer server, BenchName bench, SiteName site, bool withFiles)
    {
        var job = await server.UntilEndAsync(await server.OrderAsync(HttpMethod.Post, BackupRoutes.ForBackups(bench, site), $$"""{"withFiles":{{(withFiles ? "true" : "false")}}}"""));
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        return job.Result!.Value.Deserialize(BackupJson.Default.BackupRecord)!;
    }

    internal static async Task<IReadOnlyList<BackupRecord>> ListAsync(AgentServer server, BenchName bench, SiteName site) =>
        JsonSerializer.Deserialize(await server.Client.GetStringAsync(BackupRoutes.ForBackups(bench, site)), BackupJson.Default.IReadOnlyListBackupRecord)!;

    internal static string FolderOf(AgentServer server, BenchName bench, BackupRecord record) =>
        Path.Combine(new BenchFolder(server.Paths, bench).Backups, record.Site.Value, record.Id.ToString());
}
