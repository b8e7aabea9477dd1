namespace FrappeHybrid.Agent.Backups;

/// <summary>Reads exactly so many bytes of a file that may change meanwhile: no more when it has grown, zeros when it has shrunk, as GNU tar does.</summary>
internal sealed class FixedLengthStream(Stream inner, long length, CancellationToken cancel) : Stream
{
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        cancel.ThrowIfCancellationRequested();
        buffer = buffer[..(int)Math.Min(buffer.Length, length - position)];
        if (buffer.IsEmpty)
            return 0;

        var read = inner.Read(buffer);
        if (read == 0)
        {
            buffer.Clear();
            read = buffer.Length;
        }

        position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
