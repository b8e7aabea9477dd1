using System.Text.Json;
using FrappeHybrid.Agent.Benches;
using FrappeHybrid.Agent.Jobs;
using FrappeHybrid.Agent.Sites;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;

namespace FrappeHybrid.Agent.Backups;

/// <summary>"Keep Uploaded Backup": looks at what somebody has uploaded as a restore would, and makes it a backup of the site. What is none is taken away.</summary>
internal sealed class KeepUploadJob(BenchCatalog catalog, BackupStore store, TimeProvider time) : IJobWork
{
    private const string UploadClaim = "upload";
    private const int LongestConfig = 1 << 20;

    public JobType Type => BackupJobTypes.KeepUpload;

    public IReadOnlyList<JobLock> Locks(string request)
    {
        var stored = Read(request);
        return [JobLock.ForBench(stored.Bench, alone: false), JobLock.ForSite(stored.Site)];
    }

    public async Task<JsonElement> RunAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        var upload = store.UploadOf(request.Bench, request.Site, request.Upload);
        var files = new List<BackupFile>();
        DumpFacts? dump = null;
        BackupRecord? record = null;
        await job.StepAsync(BackupSteps.Verify, async log =>
        {
            SiteOnServer.Require(catalog, request.Bench, request.Site);

            // The id comes from a browser: a backup that is there already is not this job's to take away.
            if (Directory.Exists(store.FolderOf(request.Bench, request.Site, request.Upload)))
                throw new JobFailedException(JobErrorCodes.BackupInvalid, "There is a backup of this id already.", "Upload the files once more.");

            job.Claim(new JobClaim(UploadClaim, request.Upload.ToString()));
            var stem = SiteBackup.Stem(time.GetUtcNow(), timeZone: null, request.Site.Value);
            foreach (var kind in Enum.GetValues<BackupFileKind>())
            {
                if (Received(upload, kind) is not { } received)
                    continue;

                log.Line($"{kind}: {received.Bytes} bytes, SHA-256 {received.Sha256}");
                var file = received with { Name = $"{stem}-{Ending(kind, Path.Combine(upload, kind.ToString()))}" };
                File.Move(Path.Combine(upload, kind.ToString()), Path.Combine(upload, file.Name));
                dump = await InspectAsync(Path.Combine(upload, file.Name), kind, cancel) ?? dump;
                files.Add(file);
            }

            return dump is not null
                ? StepOutcome.Done($"Frappe {dump.FrappeVersion}, {files.Count} files")
                : throw new JobFailedException(JobErrorCodes.BackupNotFound, "The database of the upload is not on the server.", "Upload the files once more; what is not kept within a day is taken away.");
        });
        await job.StepAsync(BackupSteps.Keep, _ =>
        {
            foreach (var note in Directory.EnumerateFiles(upload).Where(path => files.All(file => file.Name != Path.GetFileName(path))).ToList())
                File.Delete(note);

            var folder = store.FolderOf(request.Bench, request.Site, request.Upload);
            Directory.Move(upload, folder);
            record = new BackupRecord(
                request.Upload, request.Bench, request.Site, BackupKind.Upload, time.GetUtcNow(), SiteTimeZone: null, dump!.FrappeVersion, dump.SqlBytes, files, job.Id);
            BackupStore.Keep(folder, record);
            return Task.FromResult(StepOutcome.Done(request.Upload.ToString()));
        });
        return JsonSerializer.SerializeToElement(record!, BackupJson.Default.BackupRecord);
    }

    public Task CompensateAsync(JobContext job, CancellationToken cancel)
    {
        var request = Read(job.Request);
        if (job.Claims.Any(claim => claim.Kind == UploadClaim))
        {
            BackupStore.Remove(store.FolderOf(request.Bench, request.Site, request.Upload));
            BackupStore.Remove(store.UploadOf(request.Bench, request.Site, request.Upload));
        }

        return Task.CompletedTask;
    }

    private static BackupFile? Received(string upload, BackupFileKind kind)
    {
        var note = Path.Combine(upload, $"{kind}.json");
        return File.Exists(note) && File.Exists(Path.Combine(upload, kind.ToString())) ? JsonSerializer.Deserialize(File.ReadAllBytes(note), BackupJson.Default.BackupFile) : null;
    }

    /// <summary>The facts of the dump; null of another file that is well.</summary>
    private static async Task<DumpFacts?> InspectAsync(string path, BackupFileKind kind, CancellationToken cancel)
    {
        switch (kind)
        {
            case BackupFileKind.Database:
                return await BackupInspector.DumpAsync(path, cancel);
            case BackupFileKind.PublicFiles or BackupFileKind.PrivateFiles:
                await BackupInspector.TarAsync(path, kind, cancel);
                return null;
            default:
                InspectConfig(path);
                return null;
        }
    }

    private static void InspectConfig(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LongestConfig)
                throw BackupInspector.Invalid($"{Path.GetFileName(path)} is not a site's configuration: it is too long.");

            using var config = JsonDocument.Parse(File.ReadAllBytes(path));
            if (config.RootElement.ValueKind != JsonValueKind.Object)
                throw BackupInspector.Invalid($"{Path.GetFileName(path)} is not a site's configuration.");
        }
        catch (JsonException)
        {
            // Its text stays out of the message: it may be a password.
            throw BackupInspector.Invalid($"{Path.GetFileName(path)} is not JSON.");
        }
    }

    /// <summary>What bench calls such a file; a tar may be compressed.</summary>
    private static string Ending(BackupFileKind kind, string path) => kind switch
    {
        BackupFileKind.Database => "database.sql.gz",
        BackupFileKind.PublicFiles => $"files.{TarEnding(path)}",
        BackupFileKind.PrivateFiles => $"private-files.{TarEnding(path)}",
        BackupFileKind.SiteConfig => "site_config_backup.json",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a file of a backup."),
    };

    private static string TarEnding(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() == 0x1f && file.ReadByte() == 0x8b ? "tgz" : "tar";
    }

    private static StoredUploadRequest Read(string request) => JsonSerializer.Deserialize(request, StoredBackupJson.Default.StoredUploadRequest)!;
}
