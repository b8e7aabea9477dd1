using System.Runtime.InteropServices;

namespace FrappeHybrid.Agent.Settings;

/// <summary>A second name for a file, so that gigabytes need not be copied.</summary>
internal static partial class HardLink
{
    /// <summary>Gives the file a second name; copies it where the file system cannot.</summary>
    public static void Make(string path, string link)
    {
        File.Delete(link);
        if (Link(path, link) != 0)
            File.Copy(path, link);
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string path, string link);
}
