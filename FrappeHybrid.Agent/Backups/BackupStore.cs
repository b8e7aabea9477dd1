using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Backups;

/// <summary>
/// The backups on this server's disk: `benches/{bench}/backups/{site}/{id}/`, beside the sites and in no container, so that neither bench's deletion after
/// 24 hours nor a site itself can reach them. The folder moves along when the site does. backup.json is written last: a folder without it is not a backup.
/// </summary>
internal sealed partial class BackupStore(BenchCatalog catalog, ILogger<BackupStore> logger)
{
    private const string RecordName = "backup.json";
    private const string UploadEnding = ".upload";

    /// <summary>A file of an upload that has not arrived whole.</summary>
    internal const string PartEnding = ".part";

    /// <summary>The folder with all backups of a site; whoever moves or renames a site moves it along.</summary>
    public string FolderOf(BenchName bench, SiteName site) => Path.Combine(catalog.Folder(bench).Backups, site.Value);

    /// <summary>The folder of one backup.</summary>
    public string FolderOf(BenchName bench, SiteName site, Guid backup) => Path.Combine(FolderOf(bench, site), backup.ToString());

    /// <summary>Where an upload gathers its files until it is kept.</summary>
    public string UploadOf(BenchName bench, SiteName site, Guid upload) => FolderOf(bench, site, upload) + UploadEnding;

    /// <summary>The whole backups of a site, newest first.</summary>
    public IReadOnlyList<BackupRecord> List(BenchName bench, SiteName site)
    {
        var folder = FolderOf(bench, site);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder).Select(Read).OfType<BackupRecord>().OrderByDescending(record => record.TakenAt).ThenByDescending(record => record.Id)]
            : [];
    }

    /// <summary>The backup; null when there is none, or only a half-made one.</summary>
    public BackupRecord? Find(BenchName bench, SiteName site, Guid backup) => Read(FolderOf(bench, site, backup));

    /// <summary>The file of that kind; null when the backup or the file is not there.</summary>
    public string? FindFile(BenchName bench, SiteName site, Guid backup, BackupFileKind kind)
    {
        if (Find(bench, site, backup)?.Find(kind) is not { } file)
            return null;

        // The name comes from a record on the disk; a separator in it would lead elsewhere.
        var path = Path.Combine(FolderOf(bench, site, backup), Path.GetFileName(file.Name));
        return File.Exists(path) ? path : null;
    }

    /// <summary>Makes the folder of a backup whose files are to come.</summary>
    public static void Begin(string folder)
    {
        const UnixFileMode ours = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(folder, ours);
    }

    /// <summary>From now on the folder is a backup; on the disk for good when the call returns.</summary>
    public static void Keep(string folder, BackupRecord record)
    {
        DurableFile.Write(Path.Combine(folder, RecordName), JsonSerializer.Serialize(record, BackupJson.Default.BackupRecord), DurableFile.Secret);
        DurableFile.FlushFolder(Path.GetDirectoryName(folder)!);
        DurableFile.FlushFolder(Path.GetDirectoryName(Path.GetDirectoryName(folder)!)!);
    }

    /// <summary>Takes a backup away, or what there is of it; nothing happens when it is gone. The record goes first: what a kill leaves is not a backup.</summary>
    public static void Remove(string folder)
    {
        if (!Directory.Exists(folder))
            return;

        File.Delete(Path.Combine(folder, RecordName));
        DurableFile.FlushFolder(folder);
        Directory.Delete(folder, recursive: true);
        var site = Path.GetDirectoryName(folder)!;
        if (Directory.EnumerateFileSystemEntries(site).Any())
            DurableFile.FlushFolder(site);
        else
            RemoveEmpty(site);
    }

    /// <summary>Room on the file system where the folder is, or will be.</summary>
    public static long FreeAt(string folder)
    {
        while (!Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder)!;

        return new DriveInfo(folder).AvailableFreeSpace;
    }

    /// <summary>Takes away what a killed Agent has left half-made; only while no job runs.</summary>
    public void RemoveUnfinished()
    {
        foreach (var folder in AllFolders().Where(folder => !File.Exists(Path.Combine(folder, RecordName))).ToList())
        {
            if (IsUpload(folder))
            {
                // A job to keep it may wait; only what was cut off in the middle goes.
                foreach (var part in Directory.EnumerateFiles(folder, "*" + PartEnding).ToList())
                    File.Delete(part);
            }
            else
            {
                LogUnfinished(folder);
                Remove(folder);
            }
        }
    }

    /// <summary>Takes away uploads to which nothing has been added for so long: their person has left.</summary>
    public void RemoveOldUploads(DateTimeOffset before)
    {
        foreach (var folder in AllFolders().Where(folder => IsUpload(folder) && LastWrite(folder) < before.UtcDateTime).ToList())
        {
            LogUnfinished(folder);
            Remove(folder);
        }
    }

    private static void RemoveEmpty(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (IOException)
        {
            // Somebody has put a file system of its own there, or another backup came in between.
        }
    }

    private static bool IsUpload(string folder) => folder.EndsWith(UploadEnding, StringComparison.Ordinal);

    private static DateTime LastWrite(string folder) =>
        Directory.EnumerateFiles(folder).Select(File.GetLastWriteTimeUtc).Append(Directory.GetLastWriteTimeUtc(folder)).Max();

    private IEnumerable<string> AllFolders() => catalog.Folders()
        .Select(bench => bench.Backups)
        .Where(Directory.Exists)
        .SelectMany(Directory.EnumerateDirectories)
        .SelectMany(Directory.EnumerateDirectories);

    private static BackupRecord? Read(string folder)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(folder, RecordName)), BackupJson.Default.BackupRecord);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A backup that was never finished is taken away: {Folder}")]
    private partial void LogUnfinished(string folder);
}
