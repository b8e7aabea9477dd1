using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Core.Terminals;

/// <summary>The recordings' folder: a file a terminal, which only the portal's user may read.</summary>
public sealed class TerminalRecordings(CoreOptions options, TimeProvider time)
{
    /// <summary>How long a recording is kept, unless all of them grow beyond <see cref="RecordingRoom.Most"/>.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromDays(90);

    private const string Ending = ".cast";

    /// <summary>Where a terminal's recording is, or would be.</summary>
    public string PathOf(Guid id) => Path.Combine(options.TerminalsPath, $"{id}{Ending}");

    /// <summary>Begins one.</summary>
    internal TerminalRecording Begin(Guid id, TerminalSize size, string title)
    {
        Directory.CreateDirectory(options.TerminalsPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        return new TerminalRecording(new FileStream(PathOf(id), file), size, title, time);
    }

    /// <summary>Takes one away; nothing happens when it is gone.</summary>
    internal void Delete(Guid id) => File.Delete(PathOf(id));

    /// <summary>The ids of those that nobody has written to since.</summary>
    internal IReadOnlyList<Guid> ListBefore(DateTimeOffset at) => !Directory.Exists(options.TerminalsPath)
        ? []
        : [.. Directory.EnumerateFiles(options.TerminalsPath, $"*{Ending}")
            .Where(path => File.GetLastWriteTimeUtc(path) < at.UtcDateTime)
            .Select(path => Guid.TryParse(Path.GetFileNameWithoutExtension(path), out var id) ? id : Guid.Empty)
            .Where(id => id != Guid.Empty)];

    /// <summary>How large all of them are.</summary>
    internal long Length => !Directory.Exists(options.TerminalsPath) ? 0 : new DirectoryInfo(options.TerminalsPath).EnumerateFiles($"*{Ending}").Sum(file => file.Length);

    /// <summary>How large the file is; 0 when there is none.</summary>
    internal long LengthOf(Guid id) => new FileInfo(PathOf(id)) is { Exists: true } file ? file.Length : 0;
}
