using System.Globalization;

namespace FrappeHybrid.Agent.Docker;

/// <summary>A container's output as the log driver has kept it.</summary>
internal sealed class DockerLogs(DockerConnection connection)
{
    /// <summary>Opens the stream; the caller disposes of it, which ends it in the engine at once.</summary>
    /// <param name="container">Name or id.</param>
    /// <param name="tail">How many of the last lines; null for all.</param>
    /// <param name="since">Seconds since 1970 with nanoseconds, e.g. "1795300000.000000001"; null for the beginning.</param>
    /// <param name="follow">Goes on until the container ends.</param>
    /// <param name="timestamps">Each message begins with the engine's time stamp and a space.</param>
    /// <param name="cancel">Gives up opening.</param>
    public Task<DockerStream> OpenAsync(string container, int? tail, string? since, bool follow, bool timestamps, CancellationToken cancel)
    {
        var path = $"/containers/{container}/logs?stdout=1&stderr=1&follow={Flag(follow)}&timestamps={Flag(timestamps)}"
            + $"&tail={(tail is { } lines ? lines.ToString(CultureInfo.InvariantCulture) : "all")}"
            + (since is null ? "" : $"&since={since}");
        return connection.OpenAsync(HttpMethod.Get, path, content: null, upgrade: false, cancel);
    }

    /// <summary>The last lines, for an error that tells what a container said before it died.</summary>
    public async Task<string> TailAsync(string container, int lines, CancellationToken cancel)
    {
        var text = new List<string>();
        var assembler = new LineAssembler(text.Add);
        await using var stream = await OpenAsync(container, lines, since: null, follow: false, timestamps: false, cancel);
        var frames = new FrameReader(stream.Stream);
        while (await frames.ReadAsync(cancel) is { } frame)
            assembler.Add(frame.Bytes.Span);

        assembler.Flush();
        return string.Join('\n', text);
    }

    private static char Flag(bool value) => value ? '1' : '0';
}
