using System.Runtime.InteropServices;
using FrappeHybrid.Agent.Servers;
using Microsoft.Win32.SafeHandles;

namespace FrappeHybrid.Agent.Consoles;

/// <summary>Which file it is, whatever it is called.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    public static FileIdentity Of(SafeFileHandle file) => FileFacts.Of(file) is { } facts ? new FileIdentity(facts.Device, facts.Inode) : default;

    public static FileIdentity? Of(string path) => FileFacts.Of(path) is { } facts ? new FileIdentity(facts.Device, facts.Inode) : null;
}
