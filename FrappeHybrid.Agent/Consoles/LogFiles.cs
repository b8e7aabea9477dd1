using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>A log file with its older ones, to which a rotation has given a number: access.log, access.log.1, access.log.2.gz.</summary>
/// <param name="folder">Where they are.</param>
/// <param name="name">The file that is written to.</param>
/// <param name="open">Opens one of them by its name; null when it is gone, or may not be read.</param>
internal sealed class LogFiles(string folder, string name, Func<string, SafeFileHandle?> open)
{
    private const string Packed = ".gz";

    public string Name => name;

    public FileTail? OpenCurrent() => Open(name);

    /// <summary>Whether this is still the file that is written to; also while there is none under its name.</summary>
    public bool IsCurrent(FileTail file) => FileIdentity.Of(Path.Combine(folder, name)) is not { } now || now == file.Identity;

    /// <summary>The older ones that are there, the newest first.</summary>
    /// <param name="from">Those that were written to after that.</param>
    public IEnumerable<string> Older(DateTimeOffset? from)
    {
        if (!Directory.Exists(folder))
            return [];
        return new DirectoryInfo(folder).EnumerateFiles($"{name}.*")
            .Where(file => from is null || file.LastWriteTimeUtc >= from.Value.UtcDateTime)
            .Select(file => (file.Name, Age: AgeOf(file.Name)))
            .Where(file => file.Age > 0)
            .OrderBy(file => file.Age).ThenBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => file.Name)
            .ToList();
    }

    public FileTail? Open(string file) => open(file) is { } handle ? new FileTail(handle, IsPacked(file)) : null;

    public static bool IsPacked(string file) => file.EndsWith(Packed, StringComparison.Ordinal);

    private int AgeOf(string file)
    {
        var rest = file[name.Length..];
        if (rest.EndsWith(Packed, StringComparison.Ordinal))
            rest = rest[..^Packed.Length];
        return rest.StartsWith('.') && int.TryParse(rest.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var age) && age < 1000 ? age : 0;
    }
}
