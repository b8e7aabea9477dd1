using System.Globalization;
using System.Text.RegularExpressions;
using FrappeHybrid.Core.Common;
using FrappeHybrid.Core.Data;

namespace FrappeHybrid.Core.PortalBackups;

/// <summary>The portal's own folder of backups of itself. What is in it is what there is: no row of the database tells of it, because a restored database would be wrong.</summary>
public sealed partial class PortalBackupStore(PortalBackupWriter writer, CoreOptions options, LiveChanges live, TimeProvider time) : IDisposable
{
    /// <summary>How the folder begins in which one is being made.</summary>
    internal const string Making = ".making-";

    private const string TimeFormat = "yyyyMMdd-HHmmssfff";
    private readonly SemaphoreSlim one = new(1, 1);

    /// <summary>Those that are whole, newest first.</summary>
    public IReadOnlyList<PortalBackupFile> List() => !Directory.Exists(options.BackupsPath)
        ? []
        : [.. new DirectoryInfo(options.BackupsPath).EnumerateFiles().Select(Read).OfType<PortalBackupFile>().OrderByDescending(file => file.MadeAt).ThenByDescending(file => file.Name, StringComparer.Ordinal)];

    /// <summary>One of them by its name; null when there is none. A name that no backup has is not looked for.</summary>
    public PortalBackupFile? Find(string name) => NameOf().IsMatch(name) && new FileInfo(PathOf(name)) is { Exists: true } file ? Read(file) : null;

    /// <summary>The path of one that was found.</summary>
    public string PathOf(string name) => Path.Combine(options.BackupsPath, name);

    /// <summary>Makes one, after whoever makes one now; errors as of <see cref="PortalBackupWriter"/>.</summary>
    public async Task<Result<PortalBackupFile>> MakeAsync(bool isDaily, string? passphrase, CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            Directory.CreateDirectory(options.BackupsPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var name = $"portal-{time.GetUtcNow().UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}-{(isDaily ? "daily" : "manual")}{(passphrase is null ? "" : "-with-key")}.zip";
            var written = await writer.WriteAsync(PathOf(name), passphrase, cancel);
            if (!written.IsDone)
                return written.Error;
            Tell();
            return Find(name)!;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Error("backup-failed", $"The backup could not be written: {problem.Message}", $"The portal's user has to be able to write to {options.BackupsPath}.");
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Deletes one that was found.</summary>
    public void Delete(PortalBackupFile file)
    {
        File.Delete(PathOf(file.Name));
        Tell();
    }

    /// <summary>Deletes what is more than so many daily ones, the oldest first; the others are not counted. How many went.</summary>
    public int Prune(int keep)
    {
        var old = List().Where(file => file.IsDaily).Skip(Math.Max(1, keep)).ToList();
        old.ForEach(Delete);
        return old.Count;
    }

    /// <summary>Takes away what a portal that was killed left half-made. At the start only: later it could be somebody's work.</summary>
    public async Task CleanUpAsync(CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            if (!Directory.Exists(options.BackupsPath))
                return;

            // The command line may be making one just now; nobody makes one for a day.
            var before = (time.GetUtcNow() - TimeSpan.FromDays(1)).UtcDateTime;
            foreach (var folder in Directory.GetDirectories(options.BackupsPath, Making + "*").Where(folder => Directory.GetLastWriteTimeUtc(folder) < before))
                Directory.Delete(folder, true);
            foreach (var part in Directory.GetFiles(options.BackupsPath, "portal-*.part").Where(part => File.GetLastWriteTimeUtc(part) < before))
                File.Delete(part);
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private void Tell() => live.Publish(new LiveChange("PortalBackup", Guid.Empty, Guid.Empty));

    private static PortalBackupFile? Read(FileInfo file) =>
        NameOf().Match(file.Name) is { Success: true } name && DateTime.TryParseExact(name.Groups["at"].Value, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
            ? new PortalBackupFile(file.Name, new DateTimeOffset(at), file.Length, name.Groups["kind"].Value == "daily", name.Groups["key"].Success)
            : null;

    [GeneratedRegex(@"\Aportal-(?<at>[0-9]{8}-[0-9]{9})-(?<kind>daily|manual)(?<key>-with-key)?\.zip\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NameOf();
}
