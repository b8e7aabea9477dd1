namespace FrappeHybrid.Agent.Consoles;

/// <summary>One reading of a log file with its older ones, from some line up to now; the newest file stays open, so that it can be gone on with.</summary>
internal sealed class FileReading(LogFiles files) : IDisposable
{
    /// <summary>The file that is written to, read to its end; null when there is none.</summary>
    public FileTail? Current { get; private set; } = files.OpenCurrent();

    /// <summary>All lines, the oldest first.</summary>
    /// <param name="tail">Only so many of the last.</param>
    /// <param name="from">Older files that end before that are left out.</param>
    public IEnumerable<string> Lines(int? tail, DateTimeOffset? from)
    {
        var missing = tail ?? int.MaxValue;
        if (Current is not null && tail is not null)
            missing -= Current.StartAtLast(missing);

        // Found from the newest on, read from the oldest on.
        var older = new Stack<(string Name, int Lines, int LeftOut)>();
        foreach (var name in files.Older(from))
        {
            if (missing <= 0)
                break;
            var count = tail is null ? int.MaxValue : Count(name, missing);
            older.Push((name, Math.Min(count, missing), Math.Max(0, LogFiles.IsPacked(name) ? count - missing : 0)));
            missing -= tail is null ? 0 : count;
        }

        foreach (var (name, lines, leftOut) in older)
        {
            using var file = files.Open(name);

            // Rotated between: it is the one that stands at the end.
            if (file is null || file.Identity == Current?.Identity)
                continue;
            if (tail is not null && !LogFiles.IsPacked(name))
                file.StartAtLast(lines);
            foreach (var line in All(file, withRest: true).Skip(tail is null ? 0 : leftOut))
                yield return line;
        }

        if (Current is not null)
        {
            foreach (var line in All(Current, withRest: false))
                yield return line;
        }
    }

    /// <summary>The open file is now the caller's.</summary>
    public FileTail? Hand()
    {
        var file = Current;
        Current = null;
        return file;
    }

    public void Dispose() => Current?.Dispose();

    private int Count(string name, int most)
    {
        using var file = files.Open(name);
        if (file is null)
            return 0;
        return LogFiles.IsPacked(name) ? All(file, withRest: true).Count() : file.StartAtLast(most);
    }

    private static IEnumerable<string> All(FileTail file, bool withRest)
    {
        var lines = new List<string>();
        while (true)
        {
            lines.Clear();
            if (!file.Read(lines))
                break;
            foreach (var line in lines)
                yield return line;
        }

        if (withRest && file.Rest() is { } rest)
            yield return rest;
    }
}
