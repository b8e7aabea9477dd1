using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FrappeHybrid.Agent.Servers;

/// <summary>What the file system says of a file itself (a link is a link): kind, room really taken, and whether it was seen before under another name.</summary>
/// <param name="IsFolder">A folder, not a link to one.</param>
/// <param name="IsFile">A plain file: no link, pipe or device.</param>
/// <param name="Bytes">Room really taken: a sparse file takes less than its length.</param>
/// <param name="Device">The file system it is on.</param>
/// <param name="Inode">Its number there.</param>
/// <param name="Names">How many names it has.</param>
/// <param name="ChangedAt">The later of its last change and of the last change of its name, owner or mode: moving a folder counts.</param>
internal readonly partial record struct FileFacts(bool IsFolder, bool IsFile, long Bytes, ulong Device, ulong Inode, uint Names, DateTimeOffset ChangedAt)
{
    // man 2 statx: the layout is the same on every architecture.
    private const int WorkingFolder = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint Basic = 0x7ff;
    private const int StructSize = 256;
    private const ushort TypeMask = 0xf000;
    private const ushort TypeFolder = 0x4000;
    private const ushort TypeFile = 0x8000;

    /// <summary>Null when it cannot be looked at, or is gone.</summary>
    public static FileFacts? Of(string path) => Of(WorkingFolder, path, NoFollow);

    /// <summary>Of an open file, whatever it is called by now.</summary>
    public static FileFacts? Of(SafeFileHandle file) => Of((int)file.DangerousGetHandle(), "", EmptyPath);

    private static FileFacts? Of(int folder, string path, int flags)
    {
        Span<byte> answer = stackalloc byte[StructSize];
        if (Statx(folder, path, flags, Basic, ref MemoryMarshal.GetReference(answer)) != 0)
            return null;

        return new FileFacts(
            (MemoryMarshal.Read<ushort>(answer[28..]) & TypeMask) == TypeFolder,
            (MemoryMarshal.Read<ushort>(answer[28..]) & TypeMask) == TypeFile,
            (long)MemoryMarshal.Read<ulong>(answer[48..]) * 512,
            ((ulong)MemoryMarshal.Read<uint>(answer[136..]) << 32) | MemoryMarshal.Read<uint>(answer[140..]),
            MemoryMarshal.Read<ulong>(answer[32..]),
            MemoryMarshal.Read<uint>(answer[16..]),
            DateTimeOffset.FromUnixTimeSeconds(Math.Max(MemoryMarshal.Read<long>(answer[96..]), MemoryMarshal.Read<long>(answer[112..]))));
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte answer);
}
