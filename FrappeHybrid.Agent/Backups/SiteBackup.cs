using System.Globalization;
using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Databases;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Backups;

/// <summary>One backup of a site that is being taken: look, copy, read again, keep.</summary>
internal sealed class SiteBackup(JobContext job, Guid id, SiteOnServer site, bool withFiles, BackupKind kind, string folder, SiteDump dump)
{
    /// <summary>Room that must be left on the disk for everybody else.</summary>
    private const long Reserve = 32L << 20;

    private readonly List<BackupFile> files = [];
    private DateTimeOffset takenAt;
    private string? timeZone;
    private string frappeVersion = "";
    private string stem = "";
    private long databaseBytes;

    /// <summary>What it will copy, in a line; or the failure that says why it cannot be.</summary>
    public async Task<string> CheckAsync(MariaDb mariaDb, FrappeVersion frappe, TimeProvider time, CancellationToken cancel)
    {
        HideSecrets();
        var version = frappe.ReadAsync(site.Backend, cancel);
        (var data, timeZone) = await mariaDb.DescribeAsync(site.Database, cancel);
        frappeVersion = await version;
        takenAt = time.GetUtcNow();
        stem = Stem(takenAt, timeZone, site.Name.Value);
        var fileBytes = withFiles ? Archives().Sum(archive => archive.Archive.Measure()) : 0;

        // A dump is seldom more than half of its data once it is compressed; the check is to spare a long wait, a full disk is met when it comes.
        var needed = data / 2 + fileBytes + Reserve;
        var free = BackupStore.FreeAt(folder);
        return free >= needed
            ? string.Create(CultureInfo.InvariantCulture, $"Frappe {frappeVersion}, about {data >> 20} MB of data, {fileBytes >> 20} MB of files; {free >> 20} MB free")
            : throw new JobFailedException(
                JobErrorCodes.DiskFull,
                string.Create(CultureInfo.InvariantCulture, $"There is no room for the backup: it needs about {needed >> 20} MB, and {free >> 20} MB are free."),
                "Delete old backups, or make the server's disk larger.");
    }

    /// <summary>Database and files side by side; when one of them fails the other ends too.</summary>
    public async Task<string> CopyAsync(StepLog log, CancellationToken cancel)
    {
        BackupStore.Begin(folder);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var database = EndsOther(dump.WriteAsync(job, log, site.Database, frappeVersion, At("database.sql.gz"), either.Token), either);
        var archives = EndsOther(Task.Run(() => CopyFiles(log, either.Token), CancellationToken.None), either);
        try
        {
            await Task.WhenAll(database, archives);
        }
        catch when (!cancel.IsCancellationRequested)
        {
            // The first one that failed by itself says why; the other was only ended.
            var faulted = database.IsFaulted ? database.Exception : archives.Exception;
            throw faulted?.InnerException ?? new OperationCanceledException();
        }

        (var dumped, databaseBytes) = await database;
        files.Add(dumped);
        files.AddRange(await archives);
        return string.Create(CultureInfo.InvariantCulture, $"{files.Sum(file => file.Bytes) / 1048576.0:0.0} MB in {files.Count} files");
    }

    /// <summary>Reads again as a restore would what was not read again while it was written.</summary>
    public async Task<string> VerifyAsync(CancellationToken cancel)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Name);
            if (new FileInfo(path).Length != file.Bytes)
                throw BackupInspector.Invalid($"{file.Name} is not as long as what was written to it.");

            if (file.Kind is BackupFileKind.PublicFiles or BackupFileKind.PrivateFiles)
                await BackupInspector.TarAsync(path, file.Kind, cancel);
        }

        return $"{files.Count} files read again; the dump is whole";
    }

    /// <summary>From now on it is a backup.</summary>
    public BackupRecord Keep()
    {
        var record = new BackupRecord(id, site.Folder.Bench, site.Name, kind, takenAt, timeZone, frappeVersion, databaseBytes, files, job.Id);
        BackupStore.Keep(folder, record);
        return record;
    }

    /// <summary>Takes away what there is of it.</summary>
    public void Discard() => BackupStore.Remove(folder);

    /// <summary>As bench begins the names of a backup's files: the time is the site's own.</summary>
    internal static string Stem(DateTimeOffset takenAt, string? timeZone, string site)
    {
        var zone = timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;
        return string.Create(CultureInfo.InvariantCulture, $"{TimeZoneInfo.ConvertTime(takenAt, zone):yyyyMMdd_HHmmss}-{site.Replace('.', '_')}");
    }

    private string At(string ending) => Path.Combine(folder, $"{stem}-{ending}");

    private List<(SiteArchive Archive, string Ending)> Archives() =>
        [(new SiteArchive(site, BackupFileKind.PublicFiles), "files.tar"), (new SiteArchive(site, BackupFileKind.PrivateFiles), "private-files.tar")];

    private List<BackupFile> CopyFiles(StepLog log, CancellationToken cancel)
    {
        var copied = new List<BackupFile>();
        if (withFiles)
            copied.AddRange(Archives().Select(each => each.Archive.Write(At(each.Ending), log, cancel)));

        using var config = new HashedFile(At("site_config_backup.json"));
        config.Write(File.ReadAllBytes(site.ConfigFile));
        copied.Add(config.Finish(BackupFileKind.SiteConfig));
        return copied;
    }

    /// <summary>The site's own secrets may turn up in what a program says.</summary>
    private void HideSecrets()
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(site.ConfigFile));
        foreach (var key in new[] { "db_password", "encryption_key" })
        {
            if (config.RootElement.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String)
                job.Redactor.Add(value.GetString()!);
        }
    }

    private static async Task<T> EndsOther<T>(Task<T> work, CancellationTokenSource other)
    {
        try
        {
            return await work;
        }
        catch
        {
            await other.CancelAsync();
            throw;
        }
    }
}
