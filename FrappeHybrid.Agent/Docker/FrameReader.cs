using System.Buffers.Binary;

namespace FrappeHybrid.Agent.Docker;

/// <summary>
/// Takes the engine's stream of a container without TTY apart: 8 bytes of header (stream, three zeros, length) before each frame. A frame is one
/// message of the log driver, or one read of the program's output; a character or a line may well go on in the next frame.
/// </summary>
internal sealed class FrameReader(Stream stream)
{
    /// <summary>The engine splits at 16 or 32 KB; anything near this is not its stream.</summary>
    private const int LongestFrame = 4 * 1024 * 1024;

    private readonly byte[] header = new byte[8];
    private byte[] buffer = new byte[32 * 1024];

    /// <summary>The next frame, or null at the end. Its bytes are good until the next call.</summary>
    public async ValueTask<Frame?> ReadAsync(CancellationToken cancel)
    {
        var read = await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancel);

        // An engine that is stopped, or a container that is killed, ends the stream anywhere: the rest is lost, not wrong.
        if (read < header.Length)
            return null;

        var length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4));
        if (header[0] > 2 || length > LongestFrame)
            throw new DockerException(DockerFault.Refused, "The Docker engine sent output in a form that is not known.");

        if (buffer.Length < length)
            buffer = new byte[length];

        var payload = buffer.AsMemory(0, (int)length);
        read = await stream.ReadAtLeastAsync(payload, payload.Length, throwOnEndOfStream: false, cancel);
        return new Frame(header[0] == 2, payload[..read]);
    }
}

/// <summary>One piece of a container's output.</summary>
/// <param name="IsError">Written to standard error.</param>
/// <param name="Bytes">Any bytes at all.</param>
internal readonly record struct Frame(bool IsError, ReadOnlyMemory<byte> Bytes);
