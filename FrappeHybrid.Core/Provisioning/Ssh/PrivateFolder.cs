using System.Globalization;
using System.Security.Cryptography;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>
/// A folder that only this user can open, in memory where the system has such a place (/dev/shm), so that a private key or a password never reaches a disk.
/// It goes when disposed; what a killed portal left behind goes when the next one makes its first.
/// The name is short because a control socket's path may have 107 bytes at most.
/// </summary>
internal sealed class PrivateFolder : IDisposable
{
    private const string Prefix = "frappe-hybrid-";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly string Parent = Directory.Exists("/dev/shm") ? "/dev/shm" : System.IO.Path.GetTempPath();

    public PrivateFolder()
    {
        RemoveLeftOvers();
        Path = System.IO.Path.Combine(Parent, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(12, lowercase: true)}"));
        Directory.CreateDirectory(Path, OwnerOnly | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    public string FileName(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file of mode 0600: made with it, not changed to it afterwards.</summary>
    public async Task<string> WriteAsync(string name, string content, CancellationToken cancel)
    {
        var path = FileName(name);
        var stream = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        await using var writer = new StreamWriter(stream);
        await writer.WriteAsync(content.AsMemory(), cancel);
        return path;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A control socket that vanishes under our hands: the next portal's first folder takes the rest away.
        }
    }

    private static void RemoveLeftOvers()
    {
        foreach (var folder in Directory.EnumerateDirectories(Parent, Prefix + "*"))
        {
            var parts = System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-');
            if (parts.Length != 2 || !int.TryParse(parts[0], CultureInfo.InvariantCulture, out var process) || Directory.Exists($"/proc/{process}"))
                continue;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another user's, or another portal was quicker.
            }
        }
    }
}
