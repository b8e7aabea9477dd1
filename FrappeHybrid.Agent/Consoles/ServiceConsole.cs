using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FrappeHybrid.Agent.Docker;
using FrappeHybrid.Core.Contracts.Consoles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>
/// A live view of one container's output: the last lines, then whatever comes, over restarts and new containers of the same name. Reading and sending
/// are joined by a bounded channel, so that a slow reader slows the engine's stream to it and nothing else.
/// </summary>
internal sealed class ServiceConsole(DockerEngine engine, string container, TimeProvider time)
{
    private const int MostLines = 2000;
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>Batches until the reader leaves or, without follow, until the end of what is kept.</summary>
    public async IAsyncEnumerable<LogBatch> ReadAsync(int tail, string? since, bool follow, [EnumeratorCancellation] CancellationToken cancel)
    {
        var items = Channel.CreateBounded<Item>(new BoundedChannelOptions(MostLines) { SingleReader = true, SingleWriter = true });
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var source = FillAsync(items.Writer, tail, since, follow, leave.Token);
        try
        {
            while (true)
            {
                if (await WaitAsync(items.Reader, leave.Token) is not { } more)
                {
                    yield return new LogBatch([]);
                    continue;
                }

                if (!more)
                    break;

                var batch = await CollectAsync(items.Reader, leave.Token);
                yield return batch;
            }
        }
        finally
        {
            await leave.CancelAsync();
            await source.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>True when there is something, false at the end, null after a quiet time.</summary>
    private async Task<bool?> WaitAsync(ChannelReader<Item> items, CancellationToken cancel)
    {
        var waiting = items.WaitToReadAsync(cancel).AsTask();
        try
        {
            return await waiting.WaitAsync(Quiet, time, cancel);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>What has come, and what comes within the batch time; a notice goes alone, so that its place among the lines is kept.</summary>
    private async Task<LogBatch> CollectAsync(ChannelReader<Item> items, CancellationToken cancel)
    {
        var lines = new List<LogLine>();
        var deadline = Task.Delay(BatchTime, time, cancel);
        while (lines.Count < MostLines)
        {
            if (items.TryPeek(out var item))
            {
                if (item.Notice is { } notice && lines.Count > 0)
                    break;

                _ = items.TryRead(out _);
                if (item.Notice is not null)
                    return new LogBatch([], item.Notice);

                lines.Add(item.Line!);
                continue;
            }

            if (deadline.IsCompleted || !await MoreBeforeAsync(items, deadline, cancel))
                break;
        }

        return new LogBatch(lines);
    }

    private static async Task<bool> MoreBeforeAsync(ChannelReader<Item> items, Task deadline, CancellationToken cancel)
    {
        var more = items.WaitToReadAsync(cancel).AsTask();
        return await Task.WhenAny(more, deadline) == more && await more;
    }

    private async Task FillAsync(ChannelWriter<Item> items, int tail, string? since, bool follow, CancellationToken cancel)
    {
        var cursor = new LogCursor();
        Exception? failure = null;
        try
        {
            int? lines = tail;
            while (true)
            {
                var run = await RunOfAsync(cancel);
                if (run is not null)
                {
                    await CopyAsync(items, cursor, run, lines, cursor.Since ?? since, follow, cancel);
                    lines = null;
                    cursor.Resume();
                }

                if (!follow)
                    break;

                await WaitForNextRunAsync(items, run, cancel);
            }
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        items.TryComplete(failure);
    }

    private async Task CopyAsync(ChannelWriter<Item> items, LogCursor cursor, Run run, int? tail, string? since, bool follow, CancellationToken cancel)
    {
        try
        {
            await using var stream = await new DockerLogs(engine.Connection).OpenAsync(run.Container, tail, since, follow, timestamps: true, cancel);

            // Closing the socket ends a read that waits, at once; the engine sees it too and ends its side.
            var frames = new FrameReader(stream.Stream);
            while (await frames.ReadAsync(cancel) is { } frame)
            {
                if (cursor.Take(frame) is { } line)
                    await items.WriteAsync(new Item(line, Notice: null), cancel);
            }
        }
        catch (Exception exception) when (exception is IOException or DockerException { Fault: DockerFault.NotFound })
        {
            // The engine was restarted, or the container taken away: the next look tells which.
        }
    }

    /// <summary>Waits until the container runs again, or another one of its name does, and says what has happened.</summary>
    private async Task WaitForNextRunAsync(ChannelWriter<Item> items, Run? before, CancellationToken cancel)
    {
        var said = false;
        while (true)
        {
            var now = await RunOfAsync(cancel);
            if (now is { IsRunning: true } && before is { IsRunning: true } && now.StartedAt == before.StartedAt && now.Container == before.Container)
            {
                // Only the stream broke.
                await Task.Delay(Look, time, cancel);
                return;
            }

            if (now is { IsRunning: true })
            {
                if (before is not null)
                    await items.WriteAsync(new Item(Line: null, now.Container == before.Container ? "container restarted" : "container recreated"), cancel);
                else if (said)
                    await items.WriteAsync(new Item(Line: null, "container started"), cancel);

                return;
            }

            if (!said)
            {
                said = true;
                var code = now?.ExitCode.ToString(CultureInfo.InvariantCulture);
                await items.WriteAsync(new Item(Line: null, code is null ? "container is missing" : $"container stopped with code {code}"), cancel);
            }

            await Task.Delay(Look, time, cancel);
        }
    }

    private async Task<Run?> RunOfAsync(CancellationToken cancel)
    {
        try
        {
            var details = await engine.FindContainerAsync(container, cancel);
            return details is null ? null : new Run(details.Id, details.State.StartedAt, details.State.Running, details.State.ExitCode);
        }
        catch (DockerException exception) when (exception.Fault == DockerFault.Unavailable)
        {
            return null;
        }
    }

    /// <summary>A line, or something to say.</summary>
    private sealed record Item(LogLine? Line, string? Notice);

    /// <summary>One life of the container.</summary>
    private sealed record Run(string Container, string? StartedAt, bool IsRunning, int ExitCode);
}
