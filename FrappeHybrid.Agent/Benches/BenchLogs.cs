using System.Globalization;
using System.Text;
using FrappeHybrid.Agent.Api;
using FrappeHybrid.Agent.Servers;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Contracts.Names;
using Microsoft.Win32.SafeHandles;

namespace FrappeHybrid.Agent.Benches;

/// <summary>
/// The log files that Frappe writes: of the bench in logs/, of a site in sites/{site}/logs/. Both folders are the containers' to write, so that a name in them can be a link to
/// anything that the Agent may read: only a plain file that really lies there is opened.
/// </summary>
internal sealed class BenchLogs(BenchFolder folder)
{
    private const int MostFiles = 500;

    /// <summary>All of them, the bench's first, then site by site; the newest of each first.</summary>
    public IReadOnlyList<LogFile> List() => [.. ListOf(null).Concat(folder.ReadSites().SelectMany(site => ListOf(site))).Take(MostFiles)];

    /// <summary>The last whole lines within so many bytes; null when there is no such file.</summary>
    public LogText? Read(SiteName? site, LogName name, int bytes)
    {
        using var file = Open(site, name.Value);
        if (file is null)
            return null;

        var length = RandomAccess.GetLength(file);
        var buffer = new byte[Math.Min(length, bytes)];
        var read = RandomAccess.Read(file, buffer, length - buffer.Length);
        var isCut = length > buffer.Length;
        var text = Encoding.UTF8.GetString(buffer, 0, read);

        // What stands before the first line end is half a line, and perhaps half a secret.
        if (isCut)
            text = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        return new LogText(BenchSecrets.Redactor(folder).Clean(text), length, isCut);
    }

    private List<LogFile> ListOf(SiteName? site)
    {
        var path = FolderOf(site);
        if (FileFacts.Of(path) is not { IsFolder: true })
            return [];

        return new DirectoryInfo(path).EnumerateFiles()
            .Where(file => LogName.TryParse(file.Name, out _) && FileFacts.Of(file.FullName) is { IsFile: true })
            .Take(MostFiles)
            .Select(file => new LogFile(LogName.Parse(file.Name), site, file.Length, new DateTimeOffset(file.LastWriteTimeUtc)))
            .OrderByDescending(file => file.ChangedAt).ThenBy(file => file.Name.Value, StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>One of them, open; null when there is no such file, or it is no plain file that lies there.</summary>
    public SafeFileHandle? Open(SiteName? site, string name)
    {
        if (!LogName.TryParse(name, out var log))
            return null;
        var path = Path.Combine(FolderOf(site), log.Value);
        if (FileFacts.Of(path) is not { IsFile: true })
            return null;
        SafeFileHandle? file = null;
        try
        {
            file = Open(path);
            if (RealPath(file) == Path.Combine(RealFolder(), Path.GetRelativePath(folder.Path, path)))
                return file;
            file.Dispose();
            return null;
        }
        catch (FileNotFoundException)
        {
            return null; // rotated away in between
        }
        catch (UnauthorizedAccessException)
        {
            throw new ApiException(StatusCodes.Status403Forbidden, "permission-denied", $"The Agent may not read {name}.", "A file of the bench has to belong to user 1000.");
        }
    }

    public string FolderOf(SiteName? site) => site is null ? folder.Logs : Path.Combine(folder.SiteFolder(site), "logs");

    private string RealFolder()
    {
        using var record = Open(folder.Record);
        return Path.GetDirectoryName(RealPath(record))!;
    }

    private static SafeFileHandle Open(string path) => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Where an open file lies, after all links on the way to it.</summary>
    private static string RealPath(SafeFileHandle file) =>
        File.ResolveLinkTarget(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{file.DangerousGetHandle()}"), returnFinalTarget: false)!.FullName;
}
