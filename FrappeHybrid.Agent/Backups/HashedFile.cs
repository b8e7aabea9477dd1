using System.Security.Cryptography;
using FrappeHybrid.Core.Contracts.Backups;

namespace FrappeHybrid.Agent.Backups;

/// <summary>A new file that counts and hashes what is written to it, so that its checksum costs no second reading.</summary>
internal sealed class HashedFile : Stream
{
    private const int BufferBytes = 256 * 1024;
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream file;

    private readonly WriteProgress? progress;

    public HashedFile(string path, WriteProgress? progress = null)
    {
        this.progress = progress;
        Name = Path.GetFileName(path);
        file = new FileStream(
            path,
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = BufferBytes, UnixCreateMode = Settings.DurableFile.Secret });
    }

    public string Name { get; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Written;

    public override long Position
    {
        get => Written;
        set => throw new NotSupportedException();
    }

    private long Written { get; set; }

    /// <summary>On the disk for good; the file takes nothing more.</summary>
    public BackupFile Finish(BackupFileKind kind)
    {
        file.Flush(flushToDisk: true);
        progress?.Complete();
        return new BackupFile(kind, Name, Written, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        file.Write(buffer);
        Count(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await file.WriteAsync(buffer, cancellationToken);
        Count(buffer.Span);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Abandon();
            hash.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>A full disk refuses the rest of the buffer once more; the first refusal has been told already.</summary>
    private void Abandon()
    {
        try
        {
            file.Dispose();
        }
        catch (IOException)
        {
            file.SafeFileHandle.Dispose();
        }
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        Written += bytes.Length;
        hash.AppendData(bytes);
        progress?.Advance();
    }
}
