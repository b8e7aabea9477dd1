using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Contracts.Restores;
using FrappeHybrid.Tests.Agent.Backups;
using Xunit;

namespace FrappeHybrid.Tests.Agent.Restores;

/// <summary>A real site of the shared bench with something in it: a note, a public and a private file, an encryption key.</summary>
internal sealed class SiteUnderTest(AgentServer server, BenchName bench, SiteName name)
{
    public const string Password = "Adm1n-of-the-restores!";
    public const string Key = "a2V5LW9mLXRoZS1yZXN0b3Jlcy1pbi10ZXN0cyEhISE=";

    public AgentServer Server => server;

    public BenchName Bench => bench;

    public SiteName Name => name;

    public BenchFolder Folder => new(server.Paths, bench);

    public string Path => Folder.SiteFolder(name);

    public string Config => File.ReadAllText(System.IO.Path.Combine(Path, "site_config.json"));

    public string Database => SiteConfigFile.Read(System.IO.Path.Combine(Path, "site_config.json"))["db_name"]!.GetValue<string>();

    public static async Task<SiteUnderTest> MakeAsync(AgentServer server, BenchName bench, string name)
    {
        var site = new SiteUnderTest(server, bench, SiteName.Parse(name));
        var job = await server.UntilEndAsync(await server.NewSiteAsync(bench, name, Password, "erpnext"));
        Assert.True(job.State == JobState.Success, $"{job.Error}");

        // Not by bench, which would write the key into its log.
        await site.InBackendAsync("sed -i \"1a \\ \\\"encryption_key\\\": \\\"$1\\\",\" \"$2/site_config.json\"", Key, $"sites/{name}");
        await site.WriteAsync("first");
        return site;
    }

    /// <summary>Note and files say this from now on.</summary>
    public async Task WriteAsync(string text)
    {
        await server.QueryAsync($"REPLACE INTO `{Database}`.tabNote (name, title) VALUES ('note', '{text}')");
        await InBackendAsync("printf %s \"$1\" > \"$2/public/files/public.txt\" && printf %s \"$1\" > \"$2/private/files/private.txt\"", text, $"sites/{name}");
    }

    /// <summary>What note and files say: three times the same, unless something was mixed up.</summary>
    public async Task<string> ReadAsync() => string.Join(
        ' ',
        [
            .. await server.QueryAsync($"SELECT title FROM `{Database}`.tabNote WHERE name = 'note'"),
            await File.ReadAllTextAsync(System.IO.Path.Combine(Path, "public/files/public.txt")),
            await File.ReadAllTextAsync(System.IO.Path.Combine(Path, "private/files/private.txt")),
        ]);

    public Task<BackupRecord> BackUpAsync(bool withFiles = true) => BackupEngineTests.TakeAsync(server, bench, name, withFiles);

    public string FileOf(BackupRecord record, BackupFileKind kind) => System.IO.Path.Combine(BackupEngineTests.FolderOf(server, bench, record), record.Find(kind)!.Name);

    public Task<Guid> OrderRestoreAsync(BackupRecord record, bool safetyBackup = false) => server.OrderAsync(
        HttpMethod.Post, RestoreRoutes.ForRestore(bench, name),
        JsonSerializer.Serialize(new RestoreSiteRequest(new BackupPlace(record.Bench, record.Site, record.Id), safetyBackup), RestoreJson.Default.RestoreSiteRequest));

    public async Task<JobSnapshot> RestoreAsync(BackupRecord record, bool safetyBackup = false) => await server.UntilEndAsync(await OrderRestoreAsync(record, safetyBackup));

    public Task<string> BenchAsync(params string[] command) => Shell.RunAsync("docker", ["exec", $"{bench}-backend", "bench", "--site", name.Value, .. command]);

    public Task<string> InBackendAsync(string script, params string[] arguments) => Shell.RunAsync("docker", ["exec", $"{bench}-backend", "sh", "-c", script, "sh", .. arguments]);

    /// <summary>Database users that belong to a database, with their hosts.</summary>
    public Task<string[]> UsersAsync(string database) => server.QueryAsync($"SELECT CONCAT(User, '@', Host) FROM mysql.user WHERE User LIKE '\\{database}%'");

    /// <summary>It serves, and nothing that a job has made beside it is left.</summary>
    public async Task AssertServesAsync()
    {
        Assert.Equal(200, (await server.ReadAsync(bench, name)).Status);
        Assert.Empty(Directory.GetDirectories(Folder.Sites, "restoring_*"));
        Assert.False(Directory.Exists(System.IO.Path.Combine(Folder.Path, "restoring")) && Directory.EnumerateFileSystemEntries(System.IO.Path.Combine(Folder.Path, "restoring")).Any());
        Assert.Equal([$"{Database}@%"], await UsersAsync(Database));
    }
}
