using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using FrappeHybrid.Agent.Docker;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>
/// What a running container writes from now on, by the engine's `attach`: unlike `logs?follow` it neither loses nor repeats a line when the log is rotated. It is read without
/// pause, whoever takes it.
/// </summary>
internal sealed class ContainerOutput : IAsyncDisposable
{
    private const int HeaderLength = 8;
    private const int MostBytes = 4 * 1024 * 1024;
    private const int LongestFrame = 4 * 1024 * 1024;

    private readonly DockerStream stream;
    private readonly TimeProvider time;
    private readonly OutputQueue queue = new(MostBytes);
    private readonly CancellationTokenSource leave = new();
    private readonly Task pump;

    private ContainerOutput(DockerStream stream, TimeProvider time)
    {
        (this.stream, this.time) = (stream, time);
        pump = Task.Run(PumpAsync);
    }

    public static async Task<ContainerOutput> OpenAsync(DockerConnection engine, string container, TimeProvider time, CancellationToken cancel) =>
        new(await engine.OpenAsync(HttpMethod.Post, $"/containers/{container}/attach?stream=1&stdout=1&stderr=1", content: null, upgrade: true, cancel), time);

    /// <summary>The next piece; null when the container has ended, or the engine.</summary>
    public ValueTask<OutputChunk?> ReadAsync(CancellationToken cancel) => queue.TakeAsync(cancel);

    public async ValueTask DisposeAsync()
    {
        await leave.CancelAsync();
        await stream.DisposeAsync();
        await pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        leave.Dispose();
    }

    private async Task PumpAsync()
    {
        try
        {
            var reader = PipeReader.Create(stream.Stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
            while (true)
            {
                var read = await reader.ReadAsync(leave.Token);
                var rest = Take(read.Buffer, time.GetUtcNow());
                reader.AdvanceTo(rest.Start, rest.End);
                if (read.IsCompleted)
                    break;
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException or DockerException)
        {
            // The engine was stopped, or nobody looks any more: either way it ends here.
        }
        finally
        {
            queue.Complete();
        }
    }

    /// <summary>All whole frames; those of one stream that come one after the other become one piece.</summary>
    private ReadOnlySequence<byte> Take(ReadOnlySequence<byte> buffer, DateTimeOffset at)
    {
        var joined = new ArrayBufferWriter<byte>(256);
        var isError = false;
        Span<byte> header = stackalloc byte[HeaderLength];
        while (buffer.Length >= HeaderLength)
        {
            buffer.Slice(0, HeaderLength).CopyTo(header);
            var length = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
            if (header[0] > 2 || length > LongestFrame)
                throw new DockerException(DockerFault.Refused, "The Docker engine sent output in a form that is not known.");
            if (buffer.Length < HeaderLength + length)
                break;
            if (joined.WrittenCount > 0 && isError != (header[0] == 2))
                Add(joined, isError, at);
            isError = header[0] == 2;
            foreach (var segment in buffer.Slice(HeaderLength, length))
                joined.Write(segment.Span);
            buffer = buffer.Slice(HeaderLength + length);
        }

        Add(joined, isError, at);
        return buffer;
    }

    private void Add(ArrayBufferWriter<byte> joined, bool isError, DateTimeOffset at)
    {
        if (joined.WrittenCount > 0)
            queue.Add(new OutputChunk(isError, joined.WrittenSpan.ToArray(), at));
        joined.ResetWrittenCount();
    }
}
