using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Teams;
using FrappeHybrid.Tests.Core.Support;
using FrappeHybrid.Tests.Portal.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace FrappeHybrid.Tests.Portal;

/// <summary>The portal on another machine, out of a backup that was made while it ran; and what is refused.</summary>
public sealed class PortalRestoreTests
{
    private const string Passphrase = "a canary in a passphrase";

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task Restored_with_the_key_file_it_opens_its_secrets_is_known_by_its_certificate_and_lets_its_operator_in()
    {
        await using var old = await BackedUpPortal.StartAsync();
        await old.BackUpAsync();
        var (verified, report) = await CommandLine.RunAsync("verify-backup", old.Backup, "--key-file", old.KeyFile);
        Assert.True(verified == 0 && report.Contains("The key opens it", StringComparison.Ordinal), report);
        var (code, text) = await CommandLine.RunAsync("restore", old.Backup, "--data-folder", old.In("machine"), "--key-file", old.KeyFile);
        Assert.True(code == 0, text);

        var machine = old.In("machine");
        Assert.Equal(["keys", "portal-certificate.protected", "portal.db", "portal.key"], Directory.GetFileSystemEntries(machine).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.All(Directory.GetFiles(machine, "*", SearchOption.AllDirectories), file => Assert.Equal(owner, File.GetUnixFileMode(file)));
        Assert.Equal(owner | UnixFileMode.UserExecute, File.GetUnixFileMode(machine));
        await using var portal = await old.StartOnAsync(machine, null);
        Assert.Equal(old.PrivateKey, await old.OpenPrivateKeyAsync(portal));
        Assert.StartsWith("-----BEGIN OPENSSH PRIVATE KEY-----", old.PrivateKey, StringComparison.Ordinal);
        Assert.Equal(old.Certificate, portal.Services.GetRequiredService<PortalCertificate>().Fingerprint);
        using var browser = await portal.SignedInAsync();
        Assert.Contains("FrappeHybrid", await browser.GetStringAsync(new Uri("/", UriKind.Relative), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restored_with_the_passphrase_it_makes_its_key_file_again()
    {
        await using var old = await BackedUpPortal.StartAsync();
        await File.WriteAllTextAsync(old.In("passphrase"), Passphrase + "\n", Cancel);
        await old.BackUpAsync("--with-key", "--passphrase-file", old.In("passphrase"));
        await File.WriteAllTextAsync(old.In("wrong"), "another passphrase\n", Cancel);
        foreach (var command in new[] { "restore", "verify-backup" })
        {
            var (refused, why) = await CommandLine.RunAsync(command, old.Backup, "--data-folder", old.In("machine"), "--passphrase-file", old.In("wrong"));
            Assert.True(refused == 1 && why.Contains("The passphrase does not open the key", StringComparison.Ordinal), why);
            Assert.False(Directory.Exists(old.In("machine")));
        }

        var (code, text) = await CommandLine.RunAsync("restore", old.Backup, "--data-folder", old.In("machine"), "--passphrase-file", old.In("passphrase"));
        Assert.True(code == 0, text);
        Assert.Equal(await File.ReadAllTextAsync(old.KeyFile, Cancel), await File.ReadAllTextAsync(old.In("machine/portal.key"), Cancel));
        await using var portal = await old.StartOnAsync(old.In("machine"), null);
        Assert.Equal(old.PrivateKey, await old.OpenPrivateKeyAsync(portal));
    }

    [Fact]
    public async Task Backed_up_in_the_middle_of_writing_every_copy_is_whole_and_holds_all_or_nothing_of_a_save()
    {
        await using var old = await BackedUpPortal.StartAsync();
        var databases = old.Portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>();
        var written = 0;
        var first = new TaskCompletionSource();
        await using (new Running(async cancel =>
        {
            while (!cancel.IsCancellationRequested)
            {
                await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
                db.Teams.AddRange(NewTeam(), NewTeam());
                await db.SaveChangesAsync(CancellationToken.None);
                Interlocked.Increment(ref written);
                first.TrySetResult();
            }
        }))
        {
            await first.Task.WaitAsync(TimeSpan.FromMinutes(2), Cancel);
            for (var round = 0; round < 3; round++)
            {
                File.Delete(old.Backup);
                await old.BackUpAsync();
                var machine = old.In($"machine-{round}");
                var (code, text) = await CommandLine.RunAsync("restore", old.Backup, "--data-folder", machine, "--key-file", old.KeyFile);
                Assert.True(code == 0, text);
                await using var copy = new PortalDb(new DbContextOptionsBuilder<PortalDb>().UseSqlite($"Data Source={machine}/portal.db;Pooling=False").Options);
                var pairs = await copy.Teams.CountAsync(team => team.Name == "Pair", Cancel);
                Assert.True(pairs >= 2 && pairs % 2 == 0, $"{pairs} rows");
            }
        }

        Assert.True(written > 3, $"{written} saves went on meanwhile");
    }

    [Fact]
    public async Task Wrong_or_missing_keys_are_refused_and_nothing_is_left()
    {
        await using var old = await BackedUpPortal.StartAsync();
        await old.BackUpAsync();
        var wrong = TestRing.WriteKey(old.In("wrong.key"), Convert.ToBase64String(new byte[32]));
        File.WriteAllText(old.In("passphrase"), Passphrase);
        (string[] Key, string Sentence)[] refusals =
        [
            (["--key-file", wrong], "The key is not the one of the portal that made this backup"),
            (["--key-file", old.In("none.key")], "There is no key file"),
            (["--passphrase-file", old.In("passphrase")], "The key is not in this backup"),
            (["--passphrase-file", old.In("none")], "The passphrase cannot be read"),
            ([], "There is no key"),
        ];
        foreach (var (key, sentence) in refusals)
        {
            var (code, text) = await CommandLine.RunAsync(["restore", old.Backup, "--data-folder", old.In("machine"), .. key]);
            Assert.True(code == 1 && text.Contains(sentence, StringComparison.Ordinal), text);
            Assert.False(Directory.Exists(old.In("machine")));
        }

        // Without a key a backup can be looked at, and it is said what was not.
        var (looked, report) = await CommandLine.RunAsync("verify-backup", old.Backup, "--data-folder", old.In("machine"));
        Assert.True(looked == 0 && report.Contains("Not looked at", StringComparison.Ordinal), report);
    }

    [Fact]
    public async Task Only_an_empty_folder_is_restored_into()
    {
        await using var old = await BackedUpPortal.StartAsync();
        await old.BackUpAsync();
        var machine = Directory.CreateDirectory(old.In("machine")).FullName;
        await File.WriteAllTextAsync(Path.Combine(machine, "mine.txt"), "mine", Cancel);
        await RefusedAsync("is not empty: mine.txt");
        File.Delete(Path.Combine(machine, "mine.txt"));

        Directory.CreateDirectory(Path.Combine(machine, ".restoring"));
        await RefusedAsync("A restore was interrupted");
        Directory.Delete(Path.Combine(machine, ".restoring"));

        var key = TestRing.WriteKey(Path.Combine(machine, "portal.key"), Convert.ToBase64String(new byte[32]));
        await RefusedAsync("holds another portal's key");

        // The key file may be there before, in its own place.
        File.Copy(old.KeyFile, key, overwrite: true);
        var (code, text) = await CommandLine.RunAsync("restore", old.Backup, "--data-folder", machine);
        Assert.True(code == 0, text);

        async Task RefusedAsync(string sentence)
        {
            var before = TestRing.Snapshot(machine);
            var (refused, why) = await CommandLine.RunAsync("restore", old.Backup, "--data-folder", machine, "--key-file", old.KeyFile);
            Assert.True(refused == 1 && why.Contains(sentence, StringComparison.Ordinal), why);
            Assert.Equal(before, TestRing.Snapshot(machine));
        }
    }

    [Fact]
    public async Task Backups_that_were_changed_or_never_were_ones_are_refused_and_nothing_is_left()
    {
        await using var old = await BackedUpPortal.StartAsync();
        await old.BackUpAsync();
        var key = Convert.FromBase64String((await File.ReadAllTextAsync(old.KeyFile, Cancel)).Trim());
        (string What, Action<string> Change, string Sentence)[] changes =
        [
            ("a byte of the database", file => Replace(file, "portal.db", bytes => bytes[^1] ^= 1), "portal.db is not what its manifest says"),
            ("a byte of the ring", file => Replace(file, "keys/check", bytes => bytes[0] ^= 1), "keys/check is not what its manifest says"),
            ("the database and its sum", ChangeWithSum, "its list of contents was changed after it was made"),
            ("the seal", file => Replace(file, "manifest.seal", bytes => bytes[20] ^= 1), "was changed by somebody who does not have it"),
            ("no seal", file => Edit(file, zip => zip.GetEntry("manifest.seal")!.Delete()), "no manifest, or no seal"),
            ("a member too few", file => Edit(file, zip => zip.GetEntry("portal-certificate.protected")!.Delete()), "not those that its manifest lists"),
            ("a way out", file => Edit(file, zip => Add(zip, "../evil", "x")), "not those that its manifest lists"),
            ("an absolute path", file => Edit(file, zip => Add(zip, old.In("evil"), "x")), "not those that its manifest lists"),
            ("a second of the name", file => Edit(file, zip => Add(zip, "portal.db", "x")), "not those that its manifest lists"),
            ("a link", file => Edit(file, zip => Add(zip, "keys/link.xml", "/etc/passwd").ExternalAttributes = unchecked((int)0xA1FF0000)), "not those that its manifest lists"),
            ("too many", file => Edit(file, zip => { for (var at = 0; at < 1001; at++) Add(zip, $"n{at}", ""); }), "too many files"),
            ("a manifest that names a way out", file => Name(file, "../evil"), "names what no backup of the portal holds"),
            ("a manifest that names an absolute path", file => Name(file, "/etc/cron.d/evil"), "names what no backup of the portal holds"),
            ("a manifest that names a folder of another", file => Name(file, "keys/../../evil.xml"), "names what no backup of the portal holds"),
            ("a ring file of a gigabyte", file => Grow(file, "keys/check", 1L << 30), "names what no backup of the portal holds"),
            ("a manifest of a gigabyte", file => Edit(file, zip => Fill(zip, "manifest.json", 64 << 20)), "no manifest, or no seal"),
            ("half of it", file => File.WriteAllBytes(file, File.ReadAllBytes(file)[..(int)(new FileInfo(file).Length / 2)]), "cannot be read as a backup"),
            ("a text", file => File.WriteAllText(file, "no backup"), "cannot be read as a backup"),
            ("nothing", File.Delete, "There is no file"),
        ];
        foreach (var (what, change, sentence) in changes)
        {
            var file = old.In("changed.zip");
            File.Copy(old.Backup, file, overwrite: true);
            change(file);
            var before = Names();
            foreach (var command in new[] { "verify-backup", "restore" })
            {
                var (code, text) = await CommandLine.RunAsync(command, file, "--data-folder", old.In("machine"), "--key-file", old.KeyFile);
                Assert.True(code == 1 && text.Contains(sentence, StringComparison.Ordinal), $"{what}: {text}");
            }

            Assert.False(Directory.Exists(old.In("machine")), what);
            Assert.Equal(before, Names());
        }

        // More than it says: whoever has the key could make one; it is stopped at the length that it says.
        var bomb = old.In("bomb.zip");
        File.Copy(old.Backup, bomb);
        Grow(bomb, "portal.db", -1, key);
        var (stopped, said) = await CommandLine.RunAsync("restore", bomb, "--data-folder", old.In("machine"), "--key-file", old.KeyFile);
        Assert.True(stopped == 1 && said.Contains("longer than its manifest says", StringComparison.Ordinal), said);
        Assert.False(Directory.Exists(old.In("machine")));

        // All but the folder in which the old portal works.
        List<string> Names() => [.. Directory.EnumerateFileSystemEntries(old.In("."), "*", SearchOption.AllDirectories).Where(path => !path.StartsWith(old.In("./data/"), StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public async Task Made_by_a_newer_portal_is_refused_with_what_to_install()
    {
        await using var old = await BackedUpPortal.StartAsync();
        await using (var db = await old.Portal.Services.GetRequiredService<IDbContextFactory<PortalDb>>().CreateDbContextAsync(Cancel))
            await db.Database.ExecuteSqlAsync($"INSERT INTO __EFMigrationsHistory VALUES ('99990101000000_Later', '99.0')", Cancel);
        await old.BackUpAsync();
        var (code, text) = await CommandLine.RunAsync("restore", old.Backup, "--data-folder", old.In("machine"), "--key-file", old.KeyFile);
        Assert.True(code == 1 && text.Contains("made by a newer portal", StringComparison.Ordinal), text);
        Assert.False(Directory.Exists(old.In("machine")));
    }

    [Fact]
    public async Task Backup_of_a_portal_that_is_not_there_or_not_ready_says_so_and_makes_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("backup-none").FullName;
        var (none, text) = await CommandLine.RunAsync("backup", Path.Combine(folder, "backup.zip"), "--data-folder", Path.Combine(folder, "data"));
        Assert.True(none == 1 && text.Contains("There is no portal in the data folder", StringComparison.Ordinal), text);
        Assert.Empty(Directory.GetFileSystemEntries(folder));

        TestRing.MakePlain(folder, "-");
        File.WriteAllText(Path.Combine(folder, "portal.db"), "-");
        var before = TestRing.Snapshot(folder);
        (none, text) = await CommandLine.RunAsync("backup", Path.Combine(folder, "backup.zip"), "--data-folder", folder);
        Assert.True(none == 1 && text.Contains("is not encrypted yet", StringComparison.Ordinal), text);
        Assert.Equal(before, TestRing.Snapshot(folder));
        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task Neither_key_nor_passphrase_is_in_a_log_the_output_the_data_folder_or_an_argument()
    {
        await using var old = await BackedUpPortal.StartAsync();
        await File.WriteAllTextAsync(old.In("passphrase"), Passphrase, Cancel);
        var made = await old.Portal.Services.GetRequiredService<FrappeHybrid.Core.PortalBackups.CreatePortalBackup>().RunAsync(TestCore.StaffOf(StaffRole.Operator), Passphrase, Cancel);
        Assert.True(made.IsDone && made.Value.HasKey, made.Error?.Message);
        var printed = new StringBuilder();
        foreach (var args in new[]
        {
            new[] { "backup", old.Backup, "--data-folder", old.Data, "--key-file", old.KeyFile, "--with-key", "--passphrase-file", old.In("passphrase") },
            ["verify-backup", old.Backup, "--passphrase-file", old.In("passphrase")],
            ["restore", old.Backup, "--data-folder", old.In("machine"), "--passphrase-file", old.In("passphrase")],
        })
        {
            var (code, text) = await CommandLine.RunAsync(args);
            Assert.True(code == 0, text);
            printed.Append(text);
        }

        var key = (await File.ReadAllTextAsync(old.KeyFile, Cancel)).Trim();
        byte[][] canaries = [Encoding.UTF8.GetBytes(Passphrase), Encoding.UTF8.GetBytes(key), Convert.FromBase64String(key), Encoding.UTF8.GetBytes(Convert.ToHexString(Convert.FromBase64String(key))), Encoding.UTF8.GetBytes(Convert.ToHexStringLower(Convert.FromBase64String(key)))];
        Assert.NotEmpty(old.Logs.Lines);
        foreach (var canary in canaries)
        {
            var text = Encoding.Latin1.GetString(canary);
            Assert.DoesNotContain(text, printed.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(old.Logs.Lines, line => line.Contains(text, StringComparison.Ordinal));
            Assert.Empty(TestRing.Find(old.In("."), canary, old.In("./elsewhere/portal.key"), old.In("./machine/portal.key"), old.In("./passphrase")));
            Assert.Empty(Unpacked(old.Backup).Where(member => member.Bytes.AsSpan().IndexOf(canary) >= 0).Select(member => member.Name));
        }

        // The look finds what is there: the key in its own file, the private key nowhere.
        Assert.Equal([old.In("./elsewhere/portal.key"), old.In("./machine/portal.key")], TestRing.Find(old.In("."), canaries[1]).Order(StringComparer.Ordinal));
        Assert.Empty(TestRing.Find(old.Data, Encoding.UTF8.GetBytes(old.PrivateKey.Split('\n')[2])));
        foreach (var wrong in new[] { new[] { "backup", "x.zip", "--with-key" }, ["backup", "x.zip", "--with-key", "--passphrase", Passphrase], ["restore", "x.zip", "--passphrase", Passphrase], ["restore", "x.zip", "--key", key] })
            Assert.NotEqual(0, (await CommandLine.RunAsync(wrong)).Code);
    }

    [Fact]
    public async Task All_that_the_data_folder_holds_is_in_the_backup_can_be_made_anew_or_is_said_to_be_left_out()
    {
        await using var old = await BackedUpPortal.StartAsync();
        var seed = new PortalSeed(old.Portal.Services);
        await seed.RunAsync();
        using (await old.Portal.SignedInAsync())
            await old.BackUpAsync();
        // Recordings of terminals are large and end after 90 days: docs/operations.md says so.
        string[] anew = ["portal.db-wal", "portal.db-shm", "portal.key", "ssh/", "backups/", "terminals/"];
        var members = Unpacked(old.Backup).Select(member => member.Name).ToHashSet();
        Assert.DoesNotContain(
            Directory.GetFiles(old.Data, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(old.Data, file)),
            file => !members.Contains(file) && !anew.Any(each => file.StartsWith(each, StringComparison.Ordinal)));
    }

    private static Team NewTeam() => new() { Id = Guid.CreateVersion7(), Name = "Pair", CreatedAt = TimeProvider.System.GetUtcNow() };

    private static List<(string Name, byte[] Bytes)> Unpacked(string file)
    {
        using var zip = ZipFile.OpenRead(file);
        return [.. zip.Entries.Select(entry => (entry.FullName, Read(entry)))];
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var from = entry.Open();
        using var to = new MemoryStream();
        from.CopyTo(to);
        return to.ToArray();
    }

    private static void Edit(string file, Action<ZipArchive> change)
    {
        using var zip = ZipFile.Open(file, ZipArchiveMode.Update);
        change(zip);
    }

    private static ZipArchiveEntry Add(ZipArchive zip, string name, string text)
    {
        var entry = zip.CreateEntry(name);
        using var to = entry.Open();
        to.Write(Encoding.UTF8.GetBytes(text));
        return entry;
    }

    private static void Put(ZipArchive zip, string name, byte[] bytes)
    {
        zip.GetEntry(name)!.Delete();
        using var to = zip.CreateEntry(name).Open();
        to.Write(bytes);
    }

    private static void Fill(ZipArchive zip, string name, int length) => Put(zip, name, new byte[length]);

    private static void Replace(string file, string name, Action<byte[]> change) => Edit(file, zip =>
    {
        var bytes = Read(zip.GetEntry(name)!);
        change(bytes);
        Put(zip, name, bytes);
    });

    private static void ChangeManifest(ZipArchive zip, Action<JsonArray> change, byte[]? key = null)
    {
        var manifest = JsonNode.Parse(Read(zip.GetEntry("manifest.json")!))!;
        change(manifest["members"]!.AsArray());
        var bytes = Encoding.UTF8.GetBytes(manifest.ToJsonString());
        Put(zip, "manifest.json", bytes);
        if (key is not null)
            Put(zip, "manifest.seal", FrappeHybrid.Core.Keys.PortalKey.Of(key).Seal("portal-backup-manifest", SHA256.HashData(bytes)));
    }

    private static JsonNode Member(JsonArray members, string name) => members.Single(member => (string?)member!["name"] == name)!;

    private static void ChangeWithSum(string file) => Edit(file, zip =>
    {
        var bytes = Read(zip.GetEntry("portal.db")!);
        bytes[^1] ^= 1;
        Put(zip, "portal.db", bytes);
        ChangeManifest(zip, members => Member(members, "portal.db")["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes)));
    });

    private static void Name(string file, string name) => Edit(file, zip =>
    {
        Add(zip, name, "x");
        ChangeManifest(zip, members => members.Add(new JsonObject { ["name"] = name, ["bytes"] = 1, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData("x"u8)) }));
    });

    private static void Grow(string file, string name, long by, byte[]? key = null) => Edit(file, zip =>
        ChangeManifest(zip, members => Member(members, name)["bytes"] = (long)Member(members, name)["bytes"]! + by, key));
}
