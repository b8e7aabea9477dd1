using System.Formats.Tar;
using System.Globalization;
using System.Runtime.InteropServices;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using Microsoft.Win32.SafeHandles;

namespace FrappeHybrid.Agent.Backups;

/// <summary>
/// Writes a site's public or private files as `bench backup --with-files` does: GNU tar, members "./site/public/files/...". Links are left out and told:
/// nobody may restore them, because they can lead anywhere on a server.
/// </summary>
internal sealed partial class SiteArchive(SiteOnServer site, BackupFileKind kind)
{
    private const int MostTold = 20;

    /// <summary>O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC of Linux: a pipe that lies there must not hold the backup up, a link not lead it away.</summary>
    private const int OpenFlags = 0x0 | 0x800 | 0x20000 | 0x80000;

    private const int NoSuchFile = 2;
    private const int NoSuchDevice = 6;
    private const int TooManyLinks = 40;
    private readonly string folder = kind == BackupFileKind.PublicFiles ? "public/files" : "private/files";
    private int left;

    /// <summary>Bytes of all files.</summary>
    public long Measure() => Directory.Exists(Root)
        ? new DirectoryInfo(Root).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
            .Sum(file => file.Exists ? file.Length : 0)
        : 0;

    /// <summary>Writes the tar; slow, in the caller's thread.</summary>
    public BackupFile Write(string path, StepLog log, CancellationToken cancel)
    {
        using var file = new HashedFile(path);
        using (var tar = new TarWriter(file, TarEntryFormat.Gnu, leaveOpen: true))
        {
            var files = 0;
            var root = new DirectoryInfo(Root);
            if (root.LinkTarget is { } target)
                throw new JobFailedException(JobErrorCodes.CommandFailed, $"{folder} of {site.Name} is a link to {target}.", "Move the files to where the link is, or take a backup without files.");

            // A site without the folder has an empty one in its backup, as bench's tar of an empty folder.
            AddFolder(tar, $"./{site.Name}/{folder}/", root.Exists ? root : new DirectoryInfo(site.Path));
            if (root.Exists)
                AddAll(tar, root, $"./{site.Name}/{folder}", log, ref files, cancel);

            if (left > 0)
                log.Line(string.Create(CultureInfo.InvariantCulture, $"{folder}: {left} links and special files left out"));

            log.Line(string.Create(CultureInfo.InvariantCulture, $"{folder}: {files} files"));
        }

        return file.Finish(kind);
    }

    private string Root => Path.Combine(site.Path, folder);

    private void AddAll(TarWriter tar, DirectoryInfo from, string name, StepLog log, ref int files, CancellationToken cancel)
    {
        foreach (var entry in from.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            if (entry.LinkTarget is not null)
            {
                LeaveOut(log, $"{name}/{entry.Name} (a link)");
            }
            else if (entry is DirectoryInfo inner)
            {
                AddFolder(tar, $"{name}/{inner.Name}/", inner);
                AddAll(tar, inner, $"{name}/{inner.Name}", log, ref files, cancel);
            }
            else if (AddFile(tar, $"{name}/{entry.Name}", entry.FullName, log, cancel))
            {
                files++;
            }
        }
    }

    private static void AddFolder(TarWriter tar, string name, DirectoryInfo from) =>
        tar.WriteEntry(Describe(new GnuTarEntry(TarEntryType.Directory, name), from.UnixFileMode, from.LastWriteTimeUtc));

    private bool AddFile(TarWriter tar, string name, string path, StepLog log, CancellationToken cancel)
    {
        var number = Open(path, OpenFlags);
        if (number < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == NoSuchFile)
                return false;

            if (error is TooManyLinks or NoSuchDevice)
            {
                LeaveOut(log, $"{name} (a link or a socket)");
                return false;
            }

            throw new JobFailedException(
                JobErrorCodes.CommandFailed, $"A file of the site cannot be read: {name}: {Marshal.GetPInvokeErrorMessage(error)}.", "Give it to the user frappe (1000), as all files of a site are.");
        }

        using var handle = new SafeFileHandle(number, ownsHandle: true);
        using var data = new FileStream(handle, FileAccess.Read, bufferSize: 0);
        if (!data.CanSeek)
        {
            LeaveOut(log, $"{name} (not a file)");
            return false;
        }

        // As long as it was when it was opened, whatever somebody writes meanwhile: the tar must stay one.
        using var content = new FixedLengthStream(data, data.Length, cancel);
        var entry = Describe(new GnuTarEntry(TarEntryType.RegularFile, name), File.GetUnixFileMode(handle), File.GetLastWriteTimeUtc(handle));
        entry.DataStream = content;
        tar.WriteEntry(entry);
        return true;
    }

    private static GnuTarEntry Describe(GnuTarEntry entry, UnixFileMode mode, DateTime written)
    {
        entry.Mode = mode & (UnixFileMode)0x1FF;
        entry.ModificationTime = new DateTimeOffset(written, TimeSpan.Zero);
        entry.Uid = entry.Gid = ServerLayout.UserId;
        entry.UserName = entry.GroupName = ServerLayout.User;
        return entry;
    }

    private void LeaveOut(StepLog log, string what)
    {
        if (++left <= MostTold)
            log.Line($"Left out: {what}");
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);
}
