using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Keys;

/// <summary>
/// The portal's key and the ring that it opens. Data Protection makes a new key without a word when it cannot open the old ones, and every secret would be lost: so
/// the ring is opened here first, and a portal whose key does not fit neither starts nor writes anything.
/// </summary>
public sealed class PortalKeyRing
{
    private readonly KeyRingFolder folder;
    private readonly string database;
    private readonly string restoring;
    private PortalKey? key;

    /// <summary>The ring of the portal with these settings, not opened yet.</summary>
    public PortalKeyRing(CoreOptions options)
    {
        (FolderPath, KeyFilePath) = (options.KeyRingPath, options.KeyFilePath);
        (database, restoring) = (options.DatabasePath, options.RestoringPath);
        folder = new KeyRingFolder(FolderPath);
    }

    private PortalKeyRing(string folderPath, PortalKey key)
    {
        (FolderPath, KeyFilePath, database, restoring) = (folderPath, "", "", "");
        folder = new KeyRingFolder(folderPath);
        this.key = key;
    }

    /// <summary>The folder of the ring's files.</summary>
    public string FolderPath { get; }

    /// <summary>The file with the key.</summary>
    public string KeyFilePath { get; }

    /// <summary>The key; asking before the ring is open is a bug.</summary>
    public PortalKey Key => key ?? throw new InvalidOperationException("The key ring has not been opened.");

    /// <summary>A ring elsewhere that is known to open with the key: one that came out of a backup.</summary>
    internal static PortalKeyRing Opened(string folderPath, PortalKey key) => new(folderPath, key);

    /// <summary>Opens the ring and writes nothing: "key-ring-not-closed" when the portal has not encrypted it yet, otherwise as <see cref="MakeReady"/>.</summary>
    public Result<PortalKey> Open()
    {
        if (key is not null)
            return key;
        var found = Find();
        if (!found.IsDone)
            return found.Error;
        if (found.Value is null || !folder.HasCheck)
            return new Error("key-ring-not-closed", $"The key ring in {FolderPath} is not encrypted yet.", "Start this version of the portal once: it makes its key file and encrypts the ring.");
        return key = found.Value;
    }

    /// <summary>
    /// Opens the ring for a portal that starts. The first time it makes the key file; a ring that an older portal left unencrypted is encrypted. Anything that does not
    /// fit is an error, and then nothing was written: "key-file-missing", "key-wrong", "key-file-invalid", "key-file-open-to-others", "key-ring-missing", ...
    /// </summary>
    public Result<PortalKey> MakeReady()
    {
        var found = Find();
        if (!found.IsDone)
            return found.Error;
        var ready = found.Value;
        if (ready is null)
        {
            ready = PortalKey.Generate();
            if (KeyFile.Write(KeyFilePath, ready).Error is { } problem)
                return problem;
        }

        try
        {
            folder.Close(ready);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Error("key-ring-unwritable", $"The key ring in {FolderPath} cannot be written: {problem.Message}", "Give the folder to the portal's user, mode 0700.");
        }

        return key = ready;
    }

    // The key that fits; null when there is none yet and none is needed to open anything. Reads only.
    private Result<PortalKey?> Find()
    {
        if (Directory.Exists(restoring))
            return new Error("restore-interrupted", $"A restore was interrupted: {restoring} is still there.", "Empty the data folder and run the restore again.");
        var read = folder.Read();
        if (!read.IsDone)
            return read.Error;
        if (read.Value.Count == 0 && new FileInfo(database) is { Exists: true, Length: > 0 })
        {
            return new Error(
                "key-ring-missing", $"The database {database} is there, but the key ring in {FolderPath} is not: nothing could open the secrets in it.", "Put the folder back from the backup that belongs to this database.");
        }

        if (!Path.Exists(KeyFilePath))
        {
            if (!folder.HasCheck && !read.Value.Values.Any(KeyRingXml.HasClosedParts))
                return (PortalKey?)null;
            return new Error(
                "key-file-missing", $"The key file {KeyFilePath} is missing, and the key ring in {FolderPath} opens with it alone.", "Put the key file back, or set Portal:KeyFile to where it is. A new key would open nothing.");
        }

        var file = KeyFile.Read(KeyFilePath);
        if (!file.IsDone)
            return file.Error;
        if (folder.Verify(file.Value).Error is { } problem)
            return problem.Code == "key-wrong" ? problem with { Message = $"The key in {KeyFilePath} is not the one with which the key ring in {FolderPath} was encrypted.", Advice = "Put the key file that belongs to this portal back, or set Portal:KeyFile to where it is." } : problem;
        return file.Value;
    }
}
