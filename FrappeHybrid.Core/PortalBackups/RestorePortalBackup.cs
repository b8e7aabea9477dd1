using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Keys;

namespace FrappeHybrid.Core.PortalBackups;

/// <summary>
/// Puts a backup of the portal into an empty data folder, after it was examined as a whole. Called by the portal's own command line only, never by a page: no portal runs
/// on that folder yet.
/// </summary>
public sealed class RestorePortalBackup(CoreOptions options, PortalBackupExam exam)
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>What was restored; "data-folder-not-empty", "key-file-other", or why the backup is refused. After an error the data folder is as it was.</summary>
    public async Task<Result<PortalBackupVerdict>> RunAsync(string file, PortalKeySource source, CancellationToken cancel)
    {
        var folder = options.DataFolderPath;
        var wasThere = Directory.Exists(folder);
        if (wasThere && Foreign() is { } foreign)
            return foreign;
        List<string> placed = [];
        var isDone = false;
        try
        {
            Directory.CreateDirectory(folder, Private);
            Directory.CreateDirectory(options.RestoringPath, Private);
            var verdict = await exam.UnpackAsync(file, source, isKeyNeeded: true, options.RestoringPath, cancel);
            if (!verdict.IsDone)
                return verdict;
            if (PlaceKey(verdict.Value.Key!, placed).Error is { } problem)
                return problem;
            Place(verdict.Value.Manifest, placed);
            isDone = true;
            return verdict;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Error("restore-failed", $"The backup could not be restored: {problem.Message}", $"Look at the free space of {folder}; the portal's user has to be able to write to it.");
        }
        finally
        {
            TakeAway(isDone ? [] : placed, isFolderOurs: !isDone && !wasThere);
        }
    }

    private Error? Foreign()
    {
        if (Directory.Exists(options.RestoringPath))
            return new Error("restore-interrupted", $"A restore was interrupted here: {options.RestoringPath} is still there.", $"Empty {options.DataFolderPath} and restore again.");
        var other = Directory.EnumerateFileSystemEntries(options.DataFolderPath).FirstOrDefault(entry => entry != options.KeyFilePath);
        return other is null
            ? null
            : new Error("data-folder-not-empty", $"The data folder {options.DataFolderPath} is not empty: {Path.GetFileName(other)} is in it.", "A portal is only ever restored into an empty folder. Move what is there away, or name another folder with --data-folder.");
    }

    private Result PlaceKey(PortalKey key, List<string> placed)
    {
        var path = options.KeyFilePath;
        if (!Path.Exists(path))
        {
            var written = KeyFile.Write(path, key);
            if (written.IsDone)
                placed.Add(path);
            return written;
        }

        var there = KeyFile.Read(path);
        if (!there.IsDone)
            return there.Error;
        return there.Value.IsSameAs(key) ? Result.Done : new Error("key-file-other", $"The key file {path} holds another portal's key.", "Move it away, or set Portal:KeyFile to another place.");
    }

    // The database last: only with it is there a portal.
    private void Place(PortalBackupManifest manifest, List<string> placed)
    {
        Directory.Move(Path.Combine(options.RestoringPath, PortalBackupFormat.KeyRing), options.KeyRingPath);
        placed.Add(options.KeyRingPath);
        foreach (var (name, target) in new[] { (PortalBackupFormat.Certificate, options.CertificatePath), (PortalBackupFormat.Database, options.DatabasePath) })
        {
            if (manifest.Members.All(member => member.Name != name))
                continue;
            File.Move(Path.Combine(options.RestoringPath, name), target);
            placed.Add(target);
        }
    }

    private void TakeAway(IReadOnlyList<string> placed, bool isFolderOurs)
    {
        foreach (var path in placed)
        {
            if (Directory.Exists(path))
                Directory.Delete(path, true);
            else
                File.Delete(path);
        }

        if (Directory.Exists(options.RestoringPath))
            Directory.Delete(options.RestoringPath, true);
        if (isFolderOurs && Directory.Exists(options.DataFolderPath))
            Directory.Delete(options.DataFolderPath, true);
    }
}
