namespace FrappeHybrid.Agent.Backups;

/// <summary>A stream, and behind its end some bytes of ours.</summary>
internal sealed class TailedStream(Stream inner, byte[] tail) : ForwardStream
{
    private int given;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = given == 0 ? await inner.ReadAsync(buffer, cancellationToken) : 0;
        return read > 0 ? read : FromTail(buffer.Span);
    }

    public override int Read(Span<byte> buffer)
    {
        var read = given == 0 ? inner.Read(buffer) : 0;
        return read > 0 ? read : FromTail(buffer);
    }

    private int FromTail(Span<byte> buffer)
    {
        var length = Math.Min(buffer.Length, tail.Length - given);
        tail.AsSpan(given, length).CopyTo(buffer);
        given += length;
        return length;
    }
}
