using System.Globalization;
using System.Text.Json.Nodes;
using FrappeHybrid.Agent.Backups;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Contracts.Restores;

namespace FrappeHybrid.Agent.Restores;

/// <summary>A backup that has been read to its end and found fit for a bench, with what a restore needs of it.</summary>
/// <param name="Name">For a person: when it was taken and of what.</param>
/// <param name="Dump">Gzipped SQL, whole.</param>
/// <param name="Files">The archives of files that it has, by kind.</param>
/// <param name="EncryptionKey">Without it no password that the site has stored can be read again; null when the backup has none (trap 19: a site gets it with its first one).</param>
internal sealed record BackupSource(string Name, string Dump, IReadOnlyDictionary<BackupFileKind, string> Files, string? EncryptionKey)
{
    /// <summary>
    /// Finds the backup and reads everything of it: nothing is touched before all of it is known to be good. A <see cref="JobFailedException"/> says what is
    /// wrong with it.
    /// </summary>
    public static async Task<BackupSource> OpenAsync(BackupStore store, FrappeVersion frappe, JobContext job, StepLog log, BackupPlace place, BenchFolder target, CancellationToken cancel)
    {
        var record = store.Find(place.Bench, place.Site, place.Id)
            ?? throw new JobFailedException(JobErrorCodes.BackupNotFound, $"That backup of {place.Site} is not on the server.", "Choose another one from the site's list of backups.");
        return await OpenAsync(record, store.FolderOf(place.Bench, place.Site, place.Id), frappe, job, log, target, cancel);
    }

    /// <summary>The same for a backup in a folder that is in no site's list.</summary>
    public static async Task<BackupSource> OpenAsync(
        BackupRecord record, string folder, FrappeVersion frappe, JobContext job, StepLog log, BenchFolder target, CancellationToken cancel)
    {
        var files = record.Files.ToDictionary(file => file.Kind, file => Path.Combine(folder, Path.GetFileName(file.Name)));
        var dump = files.GetValueOrDefault(BackupFileKind.Database) ?? throw BackupInspector.Invalid("The backup holds no dump of the database.");
        var facts = await BackupInspector.DumpAsync(dump, cancel);
        log.Line(string.Create(CultureInfo.InvariantCulture, $"Dump: whole, Frappe {facts.FrappeVersion}, {facts.SqlBytes >> 20} MB"));
        var unpacked = 0L;
        foreach (var (kind, path) in files.Where(file => file.Key is BackupFileKind.PublicFiles or BackupFileKind.PrivateFiles))
        {
            unpacked += await BackupInspector.TarAsync(path, kind, cancel);
            log.Line($"{Path.GetFileName(path)}: whole, plain files and folders only");
        }

        var version = await frappe.ReadAsync(BenchProgram.ContainerOf(target), cancel);
        if (VersionOrder.IsNewer(facts.FrappeVersion, version))
        {
            throw new JobFailedException(
                JobErrorCodes.BackupNewer, $"The backup is of Frappe {facts.FrappeVersion}, and bench {target.Bench} runs {version}: an older version cannot work with newer data.",
                "Restore it into a bench of the same or a newer release.");
        }

        RequireRoom(target, facts.SqlBytes + unpacked);
        var key = files.TryGetValue(BackupFileKind.SiteConfig, out var config) ? ReadEncryptionKey(config) : null;
        if (key is not null)
            job.Redactor.Add(key);

        return new BackupSource(
            string.Create(CultureInfo.InvariantCulture, $"{record.Site} of {record.TakenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC"),
            dump,
            files.Where(file => file.Key is BackupFileKind.PublicFiles or BackupFileKind.PrivateFiles).ToDictionary(),
            key);
    }

    /// <summary>Unpacks all its archives into the stage's workshop; gives the number of files, null when it has no archives.</summary>
    public async Task<int?> UnpackAsync(SiteStage stage, CancellationToken cancel)
    {
        var count = 0;
        foreach (var (kind, path) in Files)
            count += await Task.Run(() => FilesUnpacker.Unpack(path, kind, stage.Workshop, cancel), cancel);

        return Files.Count == 0 ? null : count;
    }

    /// <summary>A database is often twice as large as its dump once its indexes are made.</summary>
    private static void RequireRoom(BenchFolder target, long bytes)
    {
        var free = new DriveInfo(target.Path).AvailableFreeSpace;
        if (free < 2 * bytes)
        {
            throw new JobFailedException(
                JobErrorCodes.DiskFull,
                string.Create(CultureInfo.InvariantCulture, $"There is no room for it: about {(2 * bytes) >> 20} MB are needed beside what is there, and {free >> 20} MB are free."),
                "Free some space, or make the disk larger, and start the job again.");
        }
    }

    /// <summary>The one key that travels; a file from outside may hold anything else.</summary>
    private static string? ReadEncryptionKey(string path)
    {
        try
        {
            return new FileInfo(path).Length < 256 * 1024 && JsonNode.Parse(File.ReadAllBytes(path)) is JsonObject config && config["encryption_key"] is JsonValue value
                ? value.TryGetValue<string>(out var key) ? key : null
                : null;
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or IOException)
        {
            throw BackupInspector.Invalid("The configuration in the backup cannot be read.", exception is IOException ? exception.Message : null);
        }
    }
}
