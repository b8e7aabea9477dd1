using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Restores;

/// <summary>
/// Unpacks a backup's tar of files. Not by bench, which says "restored with files" of something that is no tar at all, and not by a program that follows
/// what it finds: only folders and plain files below the one folder that the archive is for, anything else refuses the whole archive.
/// </summary>
internal static class FilesUnpacker
{
    /// <summary>Unpacks into {target}/public/files or {target}/private/files, which must be a folder that nobody else can write to; gives the number of files.</summary>
    public static int Unpack(string archive, BackupFileKind kind, string target, CancellationToken cancel)
    {
        var inside = kind == BackupFileKind.PublicFiles ? "public" : "private";
        var root = Path.Combine(target, inside, "files");
        Directory.CreateDirectory(root);
        var files = 0;
        try
        {
            using var stream = Open(archive);
            using var tar = new TarReader(stream);
            while (tar.GetNextEntry() is { } entry)
            {
                cancel.ThrowIfCancellationRequested();
                if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
                    continue;

                var path = Target(root, inside, entry.Name);
                if (entry.EntryType is TarEntryType.Directory)
                {
                    if (path is not null)
                        Directory.CreateDirectory(path);
                }
                else if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile && path is not null && path != root)
                {
                    Write(entry, path, cancel);
                    files++;
                }
                else
                {
                    throw Refused(archive, $"{entry.Name} is a {entry.EntryType}");
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw Refused(archive, exception.Message);
        }

        return files;
    }

    /// <summary>Where the member goes; null for a folder above the files. Members are "./site/public/files/..." (the first two parts are left out, as bench does).</summary>
    private static string? Target(string root, string inside, string name)
    {
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        if (name.StartsWith('/') || parts.Contains("..") || name.Contains('\0', StringComparison.Ordinal))
            throw Refused(name, $"{name} leads out of the site's folder");
        if (parts.Length < 3 && (parts.Length < 2 || parts[1] == inside))
            return null;

        return parts[1] == inside && parts[2] == "files"
            ? Path.Combine([root, .. parts.Skip(3)])
            : throw Refused(name, $"{name} is not below {inside}/files");
    }

    private static void Write(TarEntry entry, string path, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        // A tar may hold a member twice; the later one counts.
        File.Delete(path);
        using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Settings.DurableFile.Readable }))
        {
            var buffer = new byte[128 * 1024];
            while (entry.DataStream?.Read(buffer) is { } length and > 0)
            {
                cancel.ThrowIfCancellationRequested();
                file.Write(buffer, 0, length);
            }
        }

        File.SetLastWriteTimeUtc(path, entry.ModificationTime.UtcDateTime);
    }

    /// <summary>`bench backup --compress` makes a .tgz of the same.</summary>
    private static Stream Open(string archive)
    {
        var file = new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 128 * 1024);
        Span<byte> magic = stackalloc byte[2];
        var length = file.ReadAtLeast(magic, 2, throwOnEndOfStream: false);
        file.Position = 0;
        return length == 2 && magic is [0x1F, 0x8B] ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static JobFailedException Refused(string archive, string reason) => new(
        JobErrorCodes.BackupInvalid,
        string.Create(CultureInfo.InvariantCulture, $"The archive of files cannot be unpacked safely: {Path.GetFileName(archive)}."),
        "Choose another backup, or one without files.",
        reason);
}
