using System.Formats.Tar;
using System.IO.Compression;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Backups;

/// <summary>
/// Reads the files of a backup as a restore would, without doing anything: a dump that is cut off or a tar that leads elsewhere is refused here, before
/// anything is dropped (the real `bench restore` notices only after it has dropped the old database). What it refuses is a
/// <see cref="JobFailedException"/> with <see cref="JobErrorCodes.BackupInvalid"/>.
/// </summary>
internal static class BackupInspector
{
    private const int ChunkBytes = 256 * 1024;

    /// <summary>Far longer than any path of a site's files, far shorter than what would fill the memory.</summary>
    private const int LongestName = 4096;

    // Without it .NET takes the end of a file that was cut off for the end of the data.
    static BackupInspector() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", isEnabled: true);

    /// <summary>Reads a gzipped dump to its end: gzip whole and nothing behind it, Frappe's header, a whole site, "-- Dump completed".</summary>
    public static Task<DumpFacts> DumpAsync(string path, CancellationToken cancel) => DumpAsync(path, progress: null, cancel);

    /// <summary>The same of a dump that is still being written, as far behind its writer as need be.</summary>
    public static async Task<DumpFacts> DumpAsync(string path, WriteProgress? progress, CancellationToken cancel)
    {
        var name = Path.GetFileName(path);
        var sql = new DumpReader(name);
        try
        {
            // gzip reads what comes after its members as another one or not at all; ours comes through only when there is nothing in between.
            await using var file = OpenFile(path);
            await using var whole = progress is null ? (Stream)file : new FollowingStream(file, progress);
            await using var both = new TailedStream(whole, Mark());
            await using var gzip = new GZipStream(both, CompressionMode.Decompress);
            var buffer = new byte[ChunkBytes];
            while (await gzip.ReadAsync(buffer, cancel) is var read and > 0)
                sql.Add(buffer.AsSpan(0, read));
        }
        catch (InvalidDataException exception)
        {
            throw Invalid($"{name} is not a whole gzip file: it is damaged, or it was cut off on its way.", exception.Message);
        }

        return sql.Finish();
    }

    /// <summary>
    /// Reads the list of a tar (or .tgz) of a site's files: every member below "./site/public/files" or "./site/private/files", whichever is wanted; regular
    /// files and folders only, no "..", nothing absolute, nothing cut off. Gives the bytes of all files.
    /// </summary>
    public static async Task<long> TarAsync(string path, BackupFileKind kind, CancellationToken cancel)
    {
        var name = Path.GetFileName(path);
        try
        {
            await using var file = OpenFile(path);
            if (!name.EndsWith(".tgz", StringComparison.Ordinal) && !name.EndsWith(".tar.gz", StringComparison.Ordinal))
                return await ListAsync(file, name, kind, cancel);

            await using var gzip = new GZipStream(file, CompressionMode.Decompress);
            return await ListAsync(gzip, name, kind, cancel);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw Invalid($"{name} is not a whole tar file: it is damaged, cut off, or something else.", exception.Message);
        }
    }

    internal static JobFailedException Invalid(string message, string? raw = null) =>
        new(JobErrorCodes.BackupInvalid, message, "Take or upload it once more; compare its size and SHA-256 with the original.", raw);

    /// <summary>What <see cref="DumpReader"/> looks for at the very end.</summary>
    internal static ReadOnlySpan<byte> MarkText => "\n-- read to the end by FrappeHybrid\n"u8;

    private static async Task<long> ListAsync(Stream stream, string name, BackupFileKind kind, CancellationToken cancel)
    {
        await using var tar = new TarReader(stream, leaveOpen: true);
        var members = 0;
        var bytes = 0L;
        while (await tar.GetNextEntryAsync(copyData: false, cancel) is { } entry)
        {
            members++;
            bytes += entry.Length;
            if (Refusal(entry, kind) is { } reason)
                throw Invalid($"{name} cannot be unpacked safely: {reason}.", entry.Name.Length > LongestName ? null : entry.Name);

            if (stream.CanSeek && entry.Length > 0 && entry.DataOffset + entry.Length > stream.Length)
                throw Invalid($"{name} is cut off in the middle of {entry.Name}.");
        }

        return members > 0 ? bytes : throw Invalid($"{name} is an empty tar, or none.");
    }

    private static string? Refusal(TarEntry entry, BackupFileKind kind)
    {
        if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            return "it holds a link";

        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.Directory))
            return "it holds something that is neither file nor folder";

        var parts = entry.Name.Split('/');
        if (entry.Name.Length > LongestName || entry.Name.StartsWith('/') || entry.Name.Contains('\0', StringComparison.Ordinal) || parts.Contains("..", StringComparer.Ordinal))
            return "a member leads out of the site's folder";

        // bench cuts the first two components off, whatever they are.
        var folder = kind == BackupFileKind.PublicFiles ? "public" : "private";
        return parts is [".", not ("" or "."), var first, "files", ..] && first == folder ? null : $"its members are not a site's {folder} files";
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        }
        catch (FileNotFoundException exception)
        {
            throw new JobFailedException(JobErrorCodes.BackupNotFound, $"{Path.GetFileName(path)} is not there.", "Look at the site's backups.", exception.Message);
        }
    }

    private static byte[] Mark()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.NoCompression, leaveOpen: true))
            gzip.Write(MarkText);

        return compressed.ToArray();
    }
}
