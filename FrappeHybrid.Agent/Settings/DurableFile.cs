using System.Runtime.InteropServices;
using System.Text;

namespace FrappeHybrid.Agent.Settings;

/// <summary>Writes a whole file or none of it: a temporary file beside it, flushed to the disk, then renamed over it, then the folder flushed.</summary>
internal static partial class DurableFile
{
    private const int ReadOnly = 0;

    /// <summary>Everybody may read it, only we may write it: what bench's containers expect of their configuration.</summary>
    public const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Nobody else may read it.</summary>
    public const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Write(string path, string text, UnixFileMode mode = Readable)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = TemporaryOf(path);

        // What a killed predecessor left may have another mode, and a mode only counts when a file is made.
        File.Delete(temporary);
        using (var stream = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode }))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        FlushFolder(folder);
    }

    /// <summary>Takes away what a write that was killed has left beside the file; nothing happens when there is none.</summary>
    public static void RemoveLeftover(string path)
    {
        if (Directory.Exists(Path.GetDirectoryName(path)))
            File.Delete(TemporaryOf(path));
    }

    /// <summary>The same for every file of a folder and of the folders below it, so many levels down: what the Agent does when it starts, before anybody writes.</summary>
    public static void RemoveLeftovers(string folder, int levels)
    {
        if (!Directory.Exists(folder))
            return;

        // Also the hidden ones, which these are; a link is followed by nobody.
        var options = new EnumerationOptions { RecurseSubdirectories = levels > 0, MaxRecursionDepth = levels, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        foreach (var file in Directory.EnumerateFiles(folder, ".*.new", options))
            File.Delete(file);
    }

    private static string TemporaryOf(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.new");

    /// <summary>A rename or a removal survives a power cut only when the folder itself has been flushed.</summary>
    public static void FlushFolder(string folder)
    {
        var handle = Open(folder, ReadOnly);
        if (handle < 0)
            return;

        _ = Synchronize(handle);
        _ = Close(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronize(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);
}
