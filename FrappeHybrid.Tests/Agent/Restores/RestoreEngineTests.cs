using System.Diagnostics;
using System.Text.Json;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Restores;
using FrappeHybrid.Tests.Agent.Backups;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Restores;

/// <summary>Restores of real sites by the real `bench restore`, with what a customer's server has in store for them.</summary>
[Collection(SecondAgentServerTests.Name)]
[Trait("Category", "Docker")]
public sealed class RestoreEngineTests(AgentServerFixture fixture)
{
    private static SiteUnderTest? unharmed;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restore_brings_back_rows_files_and_encryption_key_and_keeps_a_safety_backup()
    {
        var site = await SiteAsync("restored.example.com");
        await site.BenchAsync("set-config", "max_file_size", "123");
        var record = await site.BackUpAsync();
        var old = site.Database;
        await site.WriteAsync("second");
        await site.InBackendAsync("printf x > \"$1/public/files/later.txt\"", $"sites/{site.Name}");
        await site.BenchAsync("set-config", "encryption_key", "another");

        var job = await site.RestoreAsync(record, safetyBackup: true);
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        Assert.Equal("first first first", await site.ReadAsync());
        Assert.False(File.Exists(Path.Combine(site.Path, "public/files/later.txt")));
        Assert.Contains($"\"encryption_key\": \"{SiteUnderTest.Key}\"", site.Config, StringComparison.Ordinal);
        Assert.Contains("max_file_size", site.Config, StringComparison.Ordinal);
        Assert.DoesNotContain("maintenance_mode", site.Config, StringComparison.Ordinal);
        Assert.Contains("enabled", await site.BenchAsync("scheduler", "status"), StringComparison.Ordinal);
        await site.AssertServesAsync();

        var result = job.Result!.Value.Deserialize(RestoreJson.Default.RestoreResult)!;
        Assert.Equal((site.Database, "frappe erpnext"), (result.DatabaseName, string.Join(' ', result.Apps)));
        Assert.Empty(await site.Server.QueryAsync($"SHOW DATABASES LIKE '\\{old}'"));
        Assert.Empty(await site.UsersAsync(old));

        // The way back of a person who has restored the wrong one.
        Assert.Equal(BackupKind.Safety, result.SafetyBackup!.Kind);
        job = await site.RestoreAsync(result.SafetyBackup);
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        Assert.Equal("second second second", await site.ReadAsync());
        Assert.True(File.Exists(Path.Combine(site.Path, "public/files/later.txt")));
    }

    [Fact]
    public async Task A_backup_without_files_leaves_the_sites_files_alone()
    {
        var site = await SiteAsync("nofiles.example.com");
        var record = await site.BackUpAsync(withFiles: false);
        await site.WriteAsync("second");
        var job = await site.RestoreAsync(record);
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        Assert.Equal("first second second", await site.ReadAsync());
        await site.AssertServesAsync();
    }

    [Theory]
    [InlineData("cut-gzip")]
    [InlineData("cut-sql")]
    [InlineData("no-sql")]
    public async Task Trap_7_a_truncated_dump_leaves_the_site_untouched(string how)
    {
        var site = await UnharmedSiteAsync();
        var record = await site.BackUpAsync();
        await SpoilDumpAsync(site.FileOf(record, BackupFileKind.Database), how);
        await AssertUntouchedAsync(site, record, JobErrorCodes.BackupInvalid);
    }

    [Theory]
    [InlineData("link", "ln -s /etc/passwd public/files/evil")]
    [InlineData("hard", "echo x > public/files/one && ln public/files/one public/files/evil")]
    [InlineData("pipe", "mkfifo public/files/evil")]
    [InlineData("dots", "echo x > public/files/evil")]
    [InlineData("root", "echo x > public/files/evil")]
    [InlineData("text", "true")]
    public async Task An_archive_of_files_that_bench_would_unpack_or_call_a_success_is_refused(string what, string make)
    {
        var site = await UnharmedSiteAsync();
        var record = await site.BackUpAsync();
        var archive = site.FileOf(record, BackupFileKind.PublicFiles);
        using var folder = new TemporaryRoot();
        var inside = Path.Combine(folder.Folder, site.Name.Value);
        Directory.CreateDirectory(Path.Combine(inside, "public/files"));
        await Shell.RunAsync("sh", "-c", $"cd '{inside}' && {make}");
        string[] transform = what switch
        {
            "dots" => ["--transform", "s,public/files/evil,public/files/../../../../evil,"],
            "root" => ["-P", "--transform", "s,^.*evil$,/tmp/evil,"],
            _ => [],
        };
        if (what == "text")
            await File.WriteAllTextAsync(archive, "This is no tar at all; bench says 'has been restored with files' nevertheless.", Cancel);
        else
            await Shell.RunAsync("tar", ["-C", folder.Folder, "-cf", archive, .. transform, $"./{site.Name}/public/files"]);

        await AssertUntouchedAsync(site, record, JobErrorCodes.BackupInvalid);
    }

    [Fact]
    public async Task A_backup_of_a_newer_version_is_refused_before_anything_happens()
    {
        var site = await UnharmedSiteAsync();
        var record = await site.BackUpAsync(withFiles: false);
        await SpoilDumpAsync(site.FileOf(record, BackupFileKind.Database), "newer");
        await AssertUntouchedAsync(site, record, JobErrorCodes.BackupNewer);
    }

    [Fact]
    public async Task Trap_3_after_a_restore_every_container_of_the_bench_can_use_the_database()
    {
        var site = await SiteAsync("grants.example.com");
        var job = await site.RestoreAsync(await site.BackUpAsync(withFiles: false));
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        Assert.Equal([$"{site.Database}@%"], await site.UsersAsync(site.Database));
        foreach (var service in (string[])["backend", "queue-short", "queue-long", "scheduler"])
            Assert.Contains("erpnext", await Shell.RunAsync("docker", "exec", $"{site.Bench}-{service}", "bench", "--site", site.Name.Value, "list-apps"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trap_4_an_open_transaction_does_not_block_a_restore()
    {
        var site = await SiteAsync("locked.example.com");
        var record = await site.BackUpAsync(withFiles: false);
        var password = JsonDocument.Parse(site.Config).RootElement.GetProperty("db_password").GetString();
        var old = site.Database;

        // As gunicorn's thread did: a transaction that has read a table and then does nothing; and another that has one locked.
        using var reader = Hold($"START TRANSACTION; SELECT * FROM tabNote; SELECT 'held';");
        using var writer = Hold($"LOCK TABLES tabNote READ; SELECT 'held';");
        await reader.StandardOutput.ReadLineAsync(Cancel);
        await writer.StandardOutput.ReadLineAsync(Cancel);
        await site.Server.UntilAsync(async () => (await site.Server.QueryAsync($"SELECT id FROM information_schema.processlist WHERE user = '{old}' AND command = 'Sleep'")).Length >= 2);

        var job = await site.RestoreAsync(record).WaitAsync(TimeSpan.FromMinutes(3), Cancel);
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        Assert.Empty(await site.Server.QueryAsync($"SHOW DATABASES LIKE '\\{old}'"));
        await site.AssertServesAsync();

        // They were ended: whatever they ask now is refused.
        foreach (var held in (Process[])[reader, writer])
        {
            await held.StandardInput.WriteLineAsync("SELECT 1;");
            held.StandardInput.Close();
            await held.WaitForExitAsync(Cancel);
            Assert.NotEqual(0, held.ExitCode);
        }

        Process Hold(string sql)
        {
            var start = new ProcessStartInfo("docker", ["exec", "-i", "-e", $"MYSQL_PWD={password}", $"{site.Server.Prefix}-mariadb", "mariadb", "--skip-reconnect", "-n", "-N", "-u", old, old])
            { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
            var held = Process.Start(start)!;
            held.StandardInput.WriteLine(sql);
            held.StandardInput.Flush();
            return held;
        }
    }

    [Fact]
    public async Task A_migrate_that_fails_puts_the_site_back_as_it_was()
    {
        var site = await SiteAsync("failing.example.com");
        var record = await site.BackUpAsync();
        await site.BenchAsync("set-config", "lab_fail_patch", "1");
        await site.BenchAsync("set-config", "lab_fail_migrate_once", "1");
        await AssertUntouchedAsync(site, record, expected: null, safetyBackup: true);
    }

    [Fact]
    public async Task A_site_in_maintenance_stays_in_maintenance()
    {
        var site = await SiteAsync("shut.example.com");
        var record = await site.BackUpAsync(withFiles: false);
        await site.BenchAsync("set-maintenance-mode", "on");
        var job = await site.RestoreAsync(record);
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        Assert.Equal(503, (await site.Server.ReadAsync(site.Bench, site.Name)).Status);
        await site.BenchAsync("set-maintenance-mode", "off");
        Assert.Equal(200, (await site.Server.ReadAsync(site.Bench, site.Name)).Status);
    }

    [Fact]
    public async Task Another_sites_backup_becomes_a_new_quiet_site_with_its_own_password()
    {
        var site = await SiteAsync("source.example.com");
        var record = await site.BackUpAsync();
        var made = new SiteUnderTest(site.Server, site.Bench, SiteName.Parse("made.example.com"));
        var request = new RestoreNewSiteRequest(made.Name, new BackupPlace(record.Bench, record.Site, record.Id), "An0ther-password!", Quiet: true);
        var job = await site.Server.UntilEndAsync(
            await site.Server.OrderAsync(HttpMethod.Post, RestoreRoutes.ForRestoreNew(site.Bench), JsonSerializer.Serialize(request, RestoreJson.Default.RestoreNewSiteRequest)));
        Assert.True(job.State == JobState.Success, $"{job.Error}");
        Assert.Equal("first first first", await made.ReadAsync());
        Assert.Contains(SiteUnderTest.Key, made.Config, StringComparison.Ordinal);
        Assert.Contains("\"mute_emails\": 1", made.Config, StringComparison.Ordinal);
        Assert.DoesNotContain("pause_scheduler", made.Config, StringComparison.Ordinal);
        Assert.Contains("disabled", await made.BenchAsync("scheduler", "status"), StringComparison.Ordinal);
        await made.AssertServesAsync();
        await site.AssertServesAsync();
        await AssertNoSecretAsync(site.Server, site.Bench, "An0ther-password!", SiteUnderTest.Key);
    }

    /// <summary>One for all tests whose restore is refused: it stays as it was, or the test has failed.</summary>
    private async Task<SiteUnderTest> UnharmedSiteAsync() => unharmed ??= await SiteAsync("unharmed.example.com");

    private async Task<SiteUnderTest> SiteAsync(string name)
    {
        var (server, bench) = await fixture.BenchAsync();
        return await SiteUnderTest.MakeAsync(server, bench, name);
    }

    /// <summary>The restore fails, and the site is as it was to the byte of its configuration.</summary>
    private static async Task AssertUntouchedAsync(SiteUnderTest site, BackupRecord record, string? expected, bool safetyBackup = false)
    {
        await site.WriteAsync("second");
        var config = site.Config;
        var backups = await BackupsAsync();
        Assert.Contains(record.Id, backups);
        var job = await site.RestoreAsync(record, safetyBackup);
        Assert.Equal(JobState.Failure, job.State);
        if (expected is not null)
            Assert.Equal(expected, job.Error?.Code);

        Assert.Equal("second second second", await site.ReadAsync());
        Assert.Equal(config, site.Config);
        Assert.Equal(backups, await BackupsAsync());
        await site.AssertServesAsync();

        async Task<List<Guid>> BackupsAsync() => [.. (await BackupEngineTests.ListAsync(site.Server, site.Bench, site.Name)).Select(backup => backup.Id)];
    }

    private static Task<string> SpoilDumpAsync(string dump, string how) => Shell.RunAsync(
        "sh", "-c",
        how switch
        {
            "cut-gzip" => "head -c 30000 \"$1\" > \"$1.new\" && mv \"$1.new\" \"$1\"",
            "cut-sql" => "gzip -cd \"$1\" | head -c 200000 | gzip > \"$1.new\" && mv \"$1.new\" \"$1\"",
            "no-sql" => "echo 'This is not a dump.' | gzip > \"$1.new\" && mv \"$1.new\" \"$1\"",
            _ => "gzip -cd \"$1\" | sed 's/^-- version = .*/-- version = 16.0.0/' | gzip > \"$1.new\" && mv \"$1.new\" \"$1\"",
        },
        "sh", dump);

    /// <summary>Neither in the Agent's files nor in the logs of bench.</summary>
    internal static async Task AssertNoSecretAsync(AgentServer server, BenchName bench, params string[] secrets)
    {
        var files = Directory.EnumerateFiles(server.Paths.AgentFolder, "*", SearchOption.AllDirectories).Where(file => !file.Contains("/tls/", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFiles(new FrappeHybrid.Agent.Benches.BenchFolder(server.Paths, bench).Logs));
        foreach (var file in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            var text = await reader.ReadToEndAsync(Cancel);
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        }

        Assert.All(secrets, secret => Assert.DoesNotContain(secret, server.Output.ToString(), StringComparison.Ordinal));
    }
}
