using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Keys;

namespace FrappeHybrid.Core.PortalBackups;

/// <summary>
/// Reads a backup of the portal, which may come from anywhere: only the names that a backup has, each once, each as long as the manifest says and no longer; nothing in it is
/// ever taken as a path, a link or a mode.
/// </summary>
internal sealed class PortalBackupReader : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly ZipArchive archive;
    private readonly byte[] manifestText;
    private readonly byte[] seal;

    private PortalBackupReader(ZipArchive archive, PortalBackupManifest manifest, byte[] manifestText, byte[] seal)
    {
        (this.archive, this.manifestText, this.seal) = (archive, manifestText, seal);
        Manifest = manifest;
    }

    public PortalBackupManifest Manifest { get; }

    /// <summary>The file, opened; its manifest and the list of its members are as they have to be.</summary>
    public static Result<PortalBackupReader> Open(string path)
    {
        ZipArchive? opened = null;
        try
        {
            opened = ZipFile.OpenRead(path);
            var read = Read(opened);
            if (!read.IsDone)
                opened.Dispose();
            return read;
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Error("backup-missing", $"There is no file {path}.");
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or JsonException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            opened?.Dispose();
            return new Error("backup-damaged", $"{path} cannot be read as a backup of the portal: {problem.Message}", "Take another one.");
        }
    }

    /// <summary>Whether this key has sealed the manifest, and so all that it lists.</summary>
    public Result VerifySeal(PortalKey key)
    {
        try
        {
            if (key.Open(PortalBackupFormat.SealPurpose, seal).AsSpan().SequenceEqual(SHA256.HashData(manifestText)))
                return Result.Done;
            return Damaged("its list of contents was changed after it was made");
        }
        catch (CryptographicException)
        {
            return new Error("key-wrong", "The key is not the one of the portal that made this backup, or the backup was changed by somebody who does not have it.", "Use the key file of that portal.");
        }
    }

    /// <summary>The key in it, closed with a passphrase; null when there is none.</summary>
    public async Task<Result<byte[]?>> ReadSealedKeyAsync(CancellationToken cancel)
    {
        if (Manifest.Members.FirstOrDefault(each => each.Name == PortalBackupFormat.Key) is not { } member)
            return (byte[]?)null;
        using var bytes = new MemoryStream();
        return await CopyAsync(member, bytes, cancel) is { } problem ? problem : bytes.ToArray();
    }

    /// <summary>Unpacks everything but the key into the folder, and checks every length and SHA-256 on the way; null, or why not.</summary>
    public async Task<Error?> ExtractAsync(string folder, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.Combine(folder, PortalBackupFormat.KeyRing), Private | UnixFileMode.UserExecute);
        foreach (var member in Manifest.Members.Where(member => member.Name != PortalBackupFormat.Key))
        {
            await using var file = new FileStream(
                Path.Combine(folder, member.Name), new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Private, Options = FileOptions.Asynchronous });
            if (await CopyAsync(member, file, cancel) is { } problem)
                return problem;
            file.Flush(flushToDisk: true);
        }

        return null;
    }

    public void Dispose() => archive.Dispose();

    private static Result<PortalBackupReader> Read(ZipArchive opened)
    {
        if (opened.Entries.Count > PortalBackupFormat.MostMembers)
            return Damaged("it holds too many files");
        if (ReadSmall(opened, PortalBackupFormat.Manifest) is not { } text || ReadSmall(opened, PortalBackupFormat.Seal) is not { } seal)
            return Damaged("it has no manifest, or no seal on it");
        if (JsonSerializer.Deserialize(text, PortalBackupJson.Default.PortalBackupManifest) is not { Format: PortalBackupFormat.Name, Members: not null } manifest)
            return Damaged("its manifest is not one of ours");
        if (manifest.FormatVersion != PortalBackupFormat.Version)
            return new Error("backup-newer", $"This backup was made by another version of the portal ({manifest.PortalVersion}) in a form that this one does not know.", "Install that version, and restore with it.");
        if (manifest.Members.FirstOrDefault(member => member is null || !PortalBackupFormat.IsMember(member.Name ?? "") || member.Bytes < 0 || member.Bytes > PortalBackupFormat.MostBytesOf(member.Name!) || member.Sha256 is not { Length: 64 }) is not null)
            return Damaged("its manifest names what no backup of the portal holds");

        // Exactly what the manifest lists: no second file of a name, and none beside.
        var listed = manifest.Members.Select(member => member.Name).Concat([PortalBackupFormat.Manifest, PortalBackupFormat.Seal]).Order(StringComparer.Ordinal);
        if (!listed.SequenceEqual(opened.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal)))
            return Damaged("its files are not those that its manifest lists");
        string[] needed = [PortalBackupFormat.Database, PortalBackupFormat.KeyRingCheck];
        if (needed.FirstOrDefault(name => manifest.Members.All(member => member.Name != name)) is { } missing)
            return Damaged($"{missing} is missing");
        return new PortalBackupReader(opened, manifest, text, seal);
    }

    private static byte[]? ReadSmall(ZipArchive opened, string name)
    {
        if (opened.GetEntry(name) is not { Length: <= PortalBackupFormat.MostSmallBytes } entry)
            return null;
        using var from = entry.Open();
        var bytes = new byte[PortalBackupFormat.MostSmallBytes + 1];
        var length = from.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length < bytes.Length ? bytes[..length] : null;
    }

    private async Task<Error?> CopyAsync(PortalBackupMember member, Stream to, CancellationToken cancel)
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var from = await archive.GetEntry(member.Name)!.OpenAsync(cancel);
            var buffer = new byte[1 << 16];
            var left = member.Bytes;
            while (await from.ReadAsync(buffer, cancel) is var length and > 0)
            {
                // What unpacks to more than it says is stopped before it fills the disk.
                if ((left -= length) < 0)
                    return Damaged($"{member.Name} is longer than its manifest says");
                hash.AppendData(buffer.AsSpan(0, length));
                await to.WriteAsync(buffer.AsMemory(0, length), cancel);
            }

            return left == 0 && Convert.ToHexStringLower(hash.GetHashAndReset()) == member.Sha256 ? null : Damaged($"{member.Name} is not what its manifest says");
        }
        catch (Exception problem) when (problem is InvalidDataException or NotSupportedException)
        {
            return Damaged($"{member.Name} cannot be unpacked: {problem.Message}");
        }
    }

    private static Error Damaged(string how) => new("backup-damaged", $"This is not a whole backup of the portal: {how}.", "Take another one.");
}
