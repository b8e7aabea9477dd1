namespace FrappeHybrid.Agent.Servers;

/// <summary>
/// Adds up folders as `du -x` does: room really taken, a file with several names once, links not followed, other file systems left out. A folder that
/// was counted is not counted again as part of a larger one, so that the special parts are asked for before the rest. Stops at a deadline.
/// </summary>
internal sealed class DiskWalk(TimeSpan limit, TimeProvider time, CancellationToken cancel)
{
    private readonly long started = time.GetTimestamp();
    private readonly HashSet<string> counted = new(StringComparer.Ordinal);
    private readonly HashSet<(ulong Device, ulong Inode)> severalNames = [];

    /// <summary>The time was up before all was seen.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Folders that could not be read.</summary>
    public int Unreadable { get; private set; }

    /// <summary>What is below the path and was not counted before; 0 when there is nothing.</summary>
    public long Of(string path)
    {
        if (!counted.Add(path) || FileFacts.Of(path) is not { } root)
            return 0;

        var bytes = root.Bytes;
        var folders = new Stack<string>();
        if (root.IsFolder)
            folders.Push(path);
        while (folders.TryPop(out var folder))
        {
            cancel.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(started) > limit)
            {
                IsCut = true;
                break;
            }

            foreach (var entry in Entries(folder))
            {
                if (FileFacts.Of(entry) is not { } facts || facts.Device != root.Device || counted.Contains(entry))
                    continue;

                if (facts.IsFolder)
                    folders.Push(entry);
                else if (facts.Names > 1 && !severalNames.Add((facts.Device, facts.Inode)))
                    continue;

                bytes += facts.Bytes;
            }
        }

        return bytes;
    }

    private string[] Entries(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            if (Directory.Exists(folder))
                Unreadable++;
            return [];
        }
    }
}
