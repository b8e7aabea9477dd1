using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Keys;

/// <summary>The file with the portal's key: one line, base64 or hex, for the portal's user alone.</summary>
internal static class KeyFile
{
    private const int Longest = 4096;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const UnixFileMode Group = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute;

    /// <summary>The key, or why not: "key-file-missing", "key-file-open-to-others", "key-file-unreadable", "key-file-invalid".</summary>
    public static Result<PortalKey> Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var mode = File.GetUnixFileMode(file.SafeFileHandle);
            if ((mode & (IsCredential(path) ? Others : Others | Group)) != UnixFileMode.None)
            {
                return new Error(
                    "key-file-open-to-others", $"The key file {path} can be read by others than the portal's user (mode {Convert.ToString((int)mode, 8)}).", $"Give it to the portal's user alone: chmod 600 {path}");
            }

            return Parse(path, ReadText(file));
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Error("key-file-missing", $"There is no key file {path}.", "Name the file in which the portal's key is kept.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Error("key-file-unreadable", $"The key file {path} cannot be read: {problem.Message}", "Give it to the portal's user, mode 0600.");
        }
    }

    /// <summary>Writes the key to a file that is not there yet, mode 0600; its folder has to be there.</summary>
    public static Result Write(string path, PortalKey key)
    {
        try
        {
            using var file = new FileStream(
                path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
            using var writer = new StreamWriter(file);
            writer.Write(Convert.ToBase64String(key.Bytes) + "\n");
            writer.Flush();
            file.Flush(flushToDisk: true);
            return Result.Done;
        }
        catch (DirectoryNotFoundException)
        {
            return new Error("key-file-no-folder", $"The folder of the key file {path} is not there.", "Is its disk mounted? Otherwise make the folder, for the portal's user alone, or set Portal:KeyFile to another place.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Error("key-file-unwritable", $"The key file {path} cannot be made: {problem.Message}", "Set Portal:KeyFile to a place where the portal's user may write, or put a key there yourself: head -c 32 /dev/urandom | base64");
        }
    }

    private static Result<PortalKey> Parse(string path, string? text)
    {
        var bytes = (text?.Trim() ?? "") switch
        {
            { Length: PortalKey.Size * 2 } hex when hex.All(char.IsAsciiHexDigit) => Convert.FromHexString(hex),
            var other => FromBase64(other),
        };
        if (bytes is { Length: PortalKey.Size })
            return PortalKey.Of(bytes);
        return new Error(
            "key-file-invalid",
            bytes is null ? $"The key file {path} does not hold a key: it has to be one line, base64 or hex." : $"The key in the file {path} has {bytes.Length} bytes; it has to have {PortalKey.Size}.",
            "Put the portal's own key file back. A new key would not open what the old one has closed.");
    }

    private static byte[]? FromBase64(string text)
    {
        var bytes = new byte[Longest];
        return text.Length > 0 && Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static string? ReadText(FileStream file)
    {
        if (file.Length > Longest)
            return null;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    // systemd lets the service's user in by an access list, which shows as the group's bits; nobody else can enter that folder.
    private static bool IsCredential(string path)
    {
        var file = Path.GetFullPath(path);
        return file.StartsWith("/run/credentials/", StringComparison.Ordinal)
            || (Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 1 } folder && file.StartsWith(Path.GetFullPath(folder).TrimEnd('/') + "/", StringComparison.Ordinal));
    }
}
