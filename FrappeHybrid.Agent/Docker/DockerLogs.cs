using System.Globalization;

namespace FrappeHybrid.Agent.Docker;

/// <summary>A container's output as the log driver has kept it.</summary>
internal sealed class DockerLogs(DockerConnection connection)
{
    /// <summary>Opens the stream; the caller disposes of it, which ends it in the engine at once.</summary>
    public Task<DockerStream> OpenAsync(string container, LogsRequest request, CancellationToken cancel)
    {
        var path = $"/containers/{container}/logs?stdout={Flag(request.IsError is not true)}&stderr={Flag(request.IsError is not false)}&follow=0&timestamps={Flag(request.HasStamps)}"
            + $"&tail={(request.Tail is { } lines ? lines.ToString(CultureInfo.InvariantCulture) : "all")}"
            + (request.From is { } from ? $"&since={Seconds(from)}" : "")
            + (request.To is { } to ? $"&until={Seconds(to)}" : "");
        return connection.OpenAsync(HttpMethod.Get, path, content: null, upgrade: false, cancel);
    }

    /// <summary>The last lines, for an error that tells what a container said before it died.</summary>
    public async Task<string> TailAsync(string container, int lines, CancellationToken cancel)
    {
        var text = new List<string>();
        var assembler = new LineAssembler(text.Add);
        await using var stream = await OpenAsync(container, new LogsRequest(lines, HasStamps: false), cancel);
        var frames = new FrameReader(stream.Stream);
        while (await frames.ReadAsync(cancel) is { } frame)
            assembler.Add(frame.Bytes.Span);

        assembler.Flush();
        return string.Join('\n', text);
    }

    private static char Flag(bool value) => value ? '1' : '0';

    /// <summary>As the engine takes a time: seconds with nine digits behind the dot.</summary>
    private static string Seconds(DateTimeOffset at)
    {
        var ticks = Math.Max(0, at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks);
        return string.Create(CultureInfo.InvariantCulture, $"{ticks / TimeSpan.TicksPerSecond}.{ticks % TimeSpan.TicksPerSecond * 100:000000000}");
    }
}

/// <summary>Which part of a container's log.</summary>
/// <param name="Tail">How many of the last lines; null for all.</param>
/// <param name="From">Lines from then on.</param>
/// <param name="To">Lines until then.</param>
/// <param name="IsError">Standard error alone, or standard output alone; null for both.</param>
/// <param name="HasStamps">Each message begins with the engine's time stamp and a space.</param>
internal sealed record LogsRequest(int? Tail, DateTimeOffset? From = null, DateTimeOffset? To = null, bool? IsError = null, bool HasStamps = true);
