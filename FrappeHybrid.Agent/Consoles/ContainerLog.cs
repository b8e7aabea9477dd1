using System.Runtime.CompilerServices;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>What the engine keeps of a container's output.</summary>
internal sealed class ContainerLog(DockerConnection engine, string container)
{
    /// <summary>A container that writes without end has written more than this since any moment; what is wanted stands at the beginning.</summary>
    private const int MostSince = 50_000;

    private static readonly int?[] Depths = [200, 2_000, 20_000, null];

    /// <summary>Some of it, oldest first; nothing when there is no such container.</summary>
    public async IAsyncEnumerable<LogLine> ReadAsync(LogsRequest request, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var stream = await OpenAsync(request, cancel);
        if (stream is null)
            yield break;

        var cursor = new LogCursor();
        var frames = new FrameReader(new BufferedStream(stream.Stream, 64 * 1024));
        while (await NextAsync(frames, cancel) is { } frame)
        {
            if (cursor.Take(frame) is { } line)
                yield return line;
        }
    }

    /// <summary>Everything that one stream has written from a moment on, read from the end.</summary>
    public async Task<List<LogLine>> SinceAsync(DateTimeOffset from, bool isError, CancellationToken cancel)
    {
        foreach (var depth in Depths)
        {
            var lines = new List<LogLine>();
            var isWhole = depth is null;
            var read = 0;
            await foreach (var line in ReadAsync(new LogsRequest(depth, depth is null ? from : null, IsError: isError), cancel))
            {
                if (lines.Count == MostSince)
                    break;
                read++;
                isWhole |= line.At < from;
                if (line.At >= from)
                    lines.Add(line);
            }

            if (isWhole || read < depth)
                return lines;
        }

        throw new InvalidOperationException("The last depth is the whole log.");
    }

    private async Task<DockerStream?> OpenAsync(LogsRequest request, CancellationToken cancel)
    {
        try
        {
            return await new DockerLogs(engine).OpenAsync(container, request, cancel);
        }
        catch (DockerException exception) when (exception.Fault == DockerFault.NotFound)
        {
            return null;
        }
    }

    /// <summary>A container that is taken away while its log is read ends it.</summary>
    private static async Task<Frame?> NextAsync(FrameReader frames, CancellationToken cancel)
    {
        try
        {
            return await frames.ReadAsync(cancel);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
