using System.IO.Compression;
using Microsoft.Win32.SafeHandles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>Reads the lines of one open file to its end, and goes on when there is more.</summary>
internal sealed class FileTail : IDisposable
{
    private const int BlockBytes = 64 * 1024;

    private readonly SafeFileHandle file;
    private readonly Stream stream;
    private readonly bool isPacked;
    private readonly LineCutter cutter = new();
    private readonly byte[] block = new byte[BlockBytes];

    public FileTail(SafeFileHandle file, bool isPacked)
    {
        (this.file, this.isPacked) = (file, isPacked);
        var plain = new FileStream(file, FileAccess.Read, bufferSize: 0);
        stream = isPacked ? new GZipStream(plain, CompressionMode.Decompress) : plain;
        Identity = FileIdentity.Of(file);
    }

    /// <summary>Which file it is, whatever its name is by now.</summary>
    public FileIdentity Identity { get; }

    /// <summary>Goes to where so many lines are left.</summary>
    /// <returns>How many there are, when it is fewer.</returns>
    public int StartAtLast(int lines)
    {
        if (isPacked)
            throw new InvalidOperationException("A packed file has no way back.");
        var place = RandomAccess.GetLength(file);
        var found = 0;
        while (place > 0 && found <= lines)
        {
            var length = (int)Math.Min(BlockBytes, place);
            place -= length;
            length = RandomAccess.Read(file, block.AsSpan(0, length), place);
            for (var at = length - 1; at >= 0; at--)
            {
                // The end of the line before the first that is wanted; a last line without an end is none yet.
                if (block[at] != (byte)'\n' || ++found <= lines)
                    continue;
                stream.Seek(place + at + 1, SeekOrigin.Begin);
                return lines;
            }
        }

        stream.Seek(0, SeekOrigin.Begin);
        return found;
    }

    /// <summary>Adds the next lines; false at the end of what there is now.</summary>
    public bool Read(List<string> lines)
    {
        var read = stream.Read(block);
        if (read == 0)
            return false;
        cutter.Cut(block.AsSpan(0, read), lines);
        return true;
    }

    /// <summary>The last line, when it has no end.</summary>
    public string? Rest() => cutter.Rest();

    /// <summary>The file was emptied: begins anew.</summary>
    public bool RestartWhenShorter()
    {
        if (RandomAccess.GetLength(file) >= stream.Position)
            return false;
        cutter.Forget();
        stream.Seek(0, SeekOrigin.Begin);
        return true;
    }

    public void Dispose() => stream.Dispose();
}
