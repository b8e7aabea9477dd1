using System.Security.Cryptography;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;
using FrappeHybrid.Core.Keys;
using FrappeHybrid.Core.Servers;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace FrappeHybrid.Core.PortalBackups;

/// <summary>
/// Looks whether a backup of the portal is whole and opens: seal, lengths, SHA-256, the ring with the key, the certificate with the ring, the database. Works on the
/// backup alone; the portal that runs here is not touched.
/// </summary>
public sealed class PortalBackupExam(CoreOptions options, IDbContextFactory<PortalDb> databases)
{
    /// <summary>Examines the file in a temporary folder: "backup-damaged", "key-wrong", "passphrase-wrong", ... or the verdict.</summary>
    public async Task<Result<PortalBackupVerdict>> RunAsync(string file, PortalKeySource source, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("frappe-hybrid-backup-").FullName;
        try
        {
            return await UnpackAsync(file, source, isKeyNeeded: false, folder, cancel);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>Unpacks it into the folder and examines it there. The seal comes first: what somebody else has made is not unpacked.</summary>
    internal async Task<Result<PortalBackupVerdict>> UnpackAsync(string file, PortalKeySource source, bool isKeyNeeded, string folder, CancellationToken cancel)
    {
        var opened = PortalBackupReader.Open(file);
        if (!opened.IsDone)
            return opened.Error;
        using var reader = opened.Value;
        var found = await FindKeyAsync(reader, source, isKeyNeeded, cancel);
        if (!found.IsDone)
            return found.Error;
        if (found.Value is { } sealing && reader.VerifySeal(sealing).Error is { } broken)
            return broken;
        if (new DriveInfo(folder).AvailableFreeSpace is var free && free < reader.Manifest.Bytes)
            return new Error("disk-full", $"The backup needs {reader.Manifest.Bytes >> 20} MB in {folder}, and {free >> 20} MB are free.", "Make room, or point TMPDIR (for verify-backup) or --data-folder (for restore) to another disk.");
        if (await reader.ExtractAsync(folder, cancel) is { } damage)
            return damage;
        if (found.Value is { } key && OpenRing(folder, key) is { } closed)
            return closed;
        return await ReadDatabaseAsync(folder, cancel) is { } wrong ? wrong : new PortalBackupVerdict(reader.Manifest, found.Value);
    }

    private async Task<Result<PortalKey?>> FindKeyAsync(PortalBackupReader reader, PortalKeySource source, bool isNeeded, CancellationToken cancel)
    {
        if (source.Passphrase is { } passphrase)
        {
            var inside = await reader.ReadSealedKeyAsync(cancel);
            if (!inside.IsDone)
                return inside.Error;
            if (inside.Value is not { } json)
                return new Error("backup-without-key", "The key is not in this backup, so that no passphrase opens it.", "Use the key file: --key-file.");
            return As(await Task.Run(() => SealedKey.Open(json, passphrase), cancel));
        }

        if ((source.KeyFile ?? options.KeyFilePath) is var path && (source.KeyFile is not null || File.Exists(path)))
            return As(Keys.KeyFile.Read(path));
        return isNeeded
            ? new Error("key-file-missing", $"There is no key: {path} is not there.", "Name the key file with --key-file, or the file with the passphrase of the key in the backup with --passphrase-file.")
            : (PortalKey?)null;
    }

    private static Result<PortalKey?> As(Result<PortalKey> key) => key.IsDone ? key.Value : key.Error;

    private static Error? OpenRing(string folder, PortalKey key)
    {
        var ring = Path.Combine(folder, PortalBackupFormat.KeyRing);
        if (new KeyRingFolder(ring).Verify(key).Error is { } problem)
            return problem;
        var certificate = Path.Combine(folder, PortalBackupFormat.Certificate);
        if (!File.Exists(certificate))
            return null;
        var services = new ServiceCollection().AddLogging().AddSingleton(PortalKeyRing.Opened(ring, key));
        services.AddKeyRingProtection().DisableAutomaticKeyGeneration();
        using var provider = services.BuildServiceProvider();
        try
        {
            new SecretVault(provider.GetRequiredService<IDataProtectionProvider>()).Open(PortalCertificate.VaultPurpose, File.ReadAllText(certificate));
            return null;
        }
        catch (CryptographicException)
        {
            return new Error("backup-damaged", "The portal's certificate in this backup does not open with the key ring in it.", "Take another one.");
        }
    }

    private async Task<Error?> ReadDatabaseAsync(string folder, CancellationToken cancel)
    {
        try
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, PortalBackupFormat.Database), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            await connection.OpenAsync(cancel);
            if (await ReadAsync(connection, "PRAGMA quick_check", cancel) is not ["ok"])
                return new Error("backup-damaged", "The database in this backup is damaged.", "Take another one.");
            await using var db = await databases.CreateDbContextAsync(cancel);
            var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
            return (await ReadAsync(connection, "SELECT MigrationId FROM __EFMigrationsHistory", cancel)).TrueForAll(known.Contains)
                ? null
                : new Error("backup-newer", "This backup was made by a newer portal than this one: its database has more in it than this one knows.", "Install that version, or a newer one, and restore with it.");
        }
        catch (SqliteException problem)
        {
            return new Error("backup-damaged", $"The database in this backup cannot be read: {problem.Message}", "Take another one.");
        }
    }

    private static async Task<List<string>> ReadAsync(SqliteConnection connection, string query, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this file
        command.CommandText = query;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<string>();
        while (await reader.ReadAsync(cancel))
            rows.Add(reader.GetString(0));
        return rows;
    }
}
