using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Xml;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Keys;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace FrappeHybrid.Core.PortalBackups;

/// <summary>
/// Writes a backup of the portal while it runs: a whole copy of the database, the encrypted key ring, the client certificate. The key is not in it unless a passphrase
/// closes it. The file has mode 0600 and has its name only when it is whole.
/// </summary>
public sealed class PortalBackupWriter(IDbContextFactory<PortalDb> databases, CoreOptions options, PortalKeyRing ring, TimeProvider time)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int PrivateAttributes = 0x8180 << 16; // a plain file, 0600, as zip keeps it

    /// <summary>A passphrase has so many characters at least; shorter ones are found by trying.</summary>
    public const int ShortestPassphrase = PortalBackupFormat.ShortestPassphrase;

    /// <summary>The version that stands in the manifest.</summary>
    public static string PortalVersion { get; } = typeof(PortalBackupWriter).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>
    /// The manifest of what was written; or "passphrase-short", "no-portal", "backup-exists", "backup-failed", or why the key ring does not open. After an error
    /// there is nothing.
    /// </summary>
    /// <param name="target">The file; it must not be there yet, its folder must.</param>
    /// <param name="passphrase">Puts the key in, closed with this; null leaves the key out.</param>
    public async Task<Result<PortalBackupManifest>> WriteAsync(string target, string? passphrase, CancellationToken cancel)
    {
        if (passphrase is { } given && (given.Length is < PortalBackupFormat.ShortestPassphrase or > PortalBackupFormat.LongestPassphrase || string.IsNullOrWhiteSpace(given)))
            return new Error("passphrase-short", $"The passphrase has to have {PortalBackupFormat.ShortestPassphrase} characters or more.", "Whoever finds it has every secret of the portal: take a long one.");
        if (!File.Exists(options.DatabasePath))
            return new Error("no-portal", $"There is no portal in the data folder {options.DataFolderPath}.", "Set Portal:DataFolder, or --data-folder, to the folder of portal.db.");
        if (Path.Exists(target))
            return new Error("backup-exists", $"The file {target} is there already.", "Name another one; a backup is never written over.");
        if (!Directory.Exists(Path.GetDirectoryName(target)))
            return new Error("backup-failed", $"There is no folder for {target}.", "Make the folder first, or name another one.");
        var key = ring.Open();
        if (!key.IsDone)
            return key.Error;

        var id = NewId.At(time);
        var stage = Path.Combine(options.BackupsPath, $"{PortalBackupStore.Making}{id:N}");
        var part = $"{target}.{id:N}.part";
        try
        {
            Directory.CreateDirectory(options.BackupsPath, Private | UnixFileMode.UserExecute);
            Directory.CreateDirectory(stage, Private | UnixFileMode.UserExecute);
            var manifest = await WriteAsync(stage, part, key.Value, passphrase, cancel);
            if (manifest.IsDone)
                File.Move(part, target, overwrite: false);
            return manifest;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SqliteException or XmlException)
        {
            return new Error("backup-failed", $"The backup could not be written: {problem.Message}", $"Look at the free space of {options.BackupsPath} and of {Path.GetDirectoryName(target)}; the portal's user has to be able to write to both.");
        }
        finally
        {
            File.Delete(part);
            if (Directory.Exists(stage))
                Directory.Delete(stage, true);
        }
    }

    private async Task<Result<PortalBackupManifest>> WriteAsync(string stage, string part, PortalKey key, string? passphrase, CancellationToken cancel)
    {
        var madeAt = time.GetUtcNow();
        var database = Path.Combine(stage, PortalBackupFormat.Database);
        await using (var db = await databases.CreateDbContextAsync(cancel))
            await db.Database.ExecuteSqlAsync($"VACUUM INTO {database}", cancel);

        // The ring after the database: it only ever gains keys, so that none is missing that the copy needs.
        var small = ReadSmall();
        foreach (var (name, bytes) in small.Where(each => each.Key.EndsWith(".xml", StringComparison.Ordinal)))
        {
            using var file = new MemoryStream(bytes);
            if (!KeyRingXml.Opens(KeyRingXml.Parse(file), key))
                return new Error("key-ring-damaged", $"The file {name} of the key ring does not open with the portal's key, so that the backup would be worth nothing.", "Put the file back from an older backup.");
        }

        if (passphrase is not null)
            small.Add(PortalBackupFormat.Key, await Task.Run(() => SealedKey.Close(key, passphrase), cancel));

        List<PortalBackupMember> members = [.. small.Select(each => new PortalBackupMember(each.Key, each.Value.Length, Convert.ToHexStringLower(SHA256.HashData(each.Value))))];
        await using var copy = new FileStream(database, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous);
        members.Add(new PortalBackupMember(PortalBackupFormat.Database, copy.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(copy, cancel))));
        copy.Position = 0;
        var manifest = new PortalBackupManifest(PortalBackupFormat.Name, PortalBackupFormat.Version, PortalVersion, madeAt, members);
        var text = JsonSerializer.SerializeToUtf8Bytes(manifest, PortalBackupJson.Default.PortalBackupManifest);

        await using var archiveFile = new FileStream(part, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private, Options = FileOptions.Asynchronous });
        await using (var archive = await ZipArchive.CreateAsync(archiveFile, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel))
        {
            await AddAsync(archive, PortalBackupFormat.Manifest, madeAt, new MemoryStream(text), cancel);
            await AddAsync(archive, PortalBackupFormat.Seal, madeAt, new MemoryStream(key.Seal(PortalBackupFormat.SealPurpose, SHA256.HashData(text))), cancel);
            foreach (var (name, bytes) in small)
                await AddAsync(archive, name, madeAt, new MemoryStream(bytes), cancel);
            await AddAsync(archive, PortalBackupFormat.Database, madeAt, copy, cancel);
        }

        await archiveFile.FlushAsync(cancel);
        archiveFile.Flush(flushToDisk: true);
        return manifest;
    }

    private Dictionary<string, byte[]> ReadSmall()
    {
        var small = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [PortalBackupFormat.KeyRingCheck] = File.ReadAllBytes(Path.Combine(ring.FolderPath, KeyRingFolder.CheckName)) };
        foreach (var file in new KeyRingFolder(ring.FolderPath).Files)
            small.Add($"{PortalBackupFormat.KeyRing}/{Path.GetFileName(file)}", File.ReadAllBytes(file));

        // It is made when the first server is set up.
        if (File.Exists(options.CertificatePath))
            small.Add(PortalBackupFormat.Certificate, File.ReadAllBytes(options.CertificatePath));
        return small;
    }

    private static async Task AddAsync(ZipArchive archive, string name, DateTimeOffset at, Stream content, CancellationToken cancel)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.Fastest);
        (entry.LastWriteTime, entry.ExternalAttributes) = (at, PrivateAttributes);
        await using var to = await entry.OpenAsync(cancel);
        await content.CopyToAsync(to, cancel);
    }
}
