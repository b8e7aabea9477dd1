using System.Text.Json;
using FrappeHybrid.Agent.Settings;
using FrappeHybrid.Core.Contracts.Names;

namespace FrappeHybrid.Agent.Restores;

/// <summary>
/// What is kept of dropped sites: /home/frappe/archived/{site}-{id}/ with the site's folder, its backups and archive.json. A folder of the server, not the
/// container's one in which `bench drop-site` loses it with the next container (trap 5).
/// </summary>
internal sealed class SiteArchives(AgentPaths paths)
{
    private const string RecordName = "archive.json";

    public string FolderOf(SiteName site, Guid archive) => Path.Combine(paths.ArchivedFolder, $"{site}-{archive}");

    /// <summary>The site's own folder in it.</summary>
    public string SiteIn(SiteName site, Guid archive) => Path.Combine(FolderOf(site, archive), "site");

    /// <summary>The folder of the site's backups in it.</summary>
    public string BackupsIn(SiteName site, Guid archive) => Path.Combine(FolderOf(site, archive), "backups");

    /// <summary>Makes the folder with its record; nobody but the Agent may look inside.</summary>
    public void Create(Guid archive, ArchiveRecord record)
    {
        const UnixFileMode ours = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var folder = FolderOf(record.Site, archive);
        Directory.CreateDirectory(paths.ArchivedFolder);
        Directory.CreateDirectory(folder, ours);
        DurableFile.Write(Path.Combine(folder, RecordName), JsonSerializer.Serialize(record, StoredRestoreJson.Default.ArchiveRecord), DurableFile.Secret);
        DurableFile.FlushFolder(paths.ArchivedFolder);
    }

    /// <summary>The record; null when there is no such archive, or none that can be read.</summary>
    public ArchiveRecord? Find(SiteName site, Guid archive)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(FolderOf(site, archive), RecordName)), StoredRestoreJson.Default.ArchiveRecord);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Takes it away for ever; nothing happens when it is gone.</summary>
    public void Delete(SiteName site, Guid archive)
    {
        if (Directory.Exists(FolderOf(site, archive)))
            Directory.Delete(FolderOf(site, archive), recursive: true);
    }

    /// <summary>Moves a folder when it is there and its place is free; both ways, so that what was interrupted can be begun again.</summary>
    public static void Move(string from, string to)
    {
        if (!Directory.Exists(from) || Directory.Exists(to))
            return;

        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        Directory.Move(from, to);
        DurableFile.FlushFolder(Path.GetDirectoryName(to)!);
    }
}
