using FrappeHybrid.Core.Keys;
using Microsoft.AspNetCore.DataProtection;
using Xunit;

namespace FrappeHybrid.Tests.Core.Support;

/// <summary>Key rings for tests.</summary>
internal static class TestRing
{
    /// <summary>A ring as a portal without a key file made it, unencrypted, and what it protected.</summary>
    public static string MakePlain(string dataFolder, string secret)
    {
        var provider = DataProtectionProvider.Create(new DirectoryInfo(Path.Combine(dataFolder, "keys")), builder => builder.SetApplicationName("FrappeHybrid"));
        return provider.CreateProtector("FrappeHybrid.test").Protect(secret);
    }

    /// <summary>Gives a core a ring that its key opens, as the portal has one; its own secrets stay with the ephemeral ring of the tests.</summary>
    public static PortalKeyRing Open(TestCore core)
    {
        MakePlain(core.Folder, "-");
        var ring = core.Get<PortalKeyRing>();
        var ready = ring.MakeReady();
        Assert.True(ready.IsDone, ready.Error?.Message);
        return ring;
    }

    /// <summary>A key file with another key, for the owner alone.</summary>
    public static string WriteKey(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    /// <summary>Every file below the folder with its bytes, and every folder.</summary>
    public static Dictionary<string, string> Snapshot(string folder) => Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(entry => Path.GetRelativePath(folder, entry), entry => Directory.Exists(entry) ? "folder" : Convert.ToHexString(File.ReadAllBytes(entry)), StringComparer.Ordinal);

    /// <summary>Where below the folder these bytes stand, but in the named files.</summary>
    public static IEnumerable<string> Find(string folder, byte[] bytes, params string[] but) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(file => !but.Contains(file))
        .Where(file =>
        {
            try
            {
                using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var memory = new MemoryStream();
                stream.CopyTo(memory);
                return memory.GetBuffer().AsSpan(0, (int)memory.Length).IndexOf(bytes) >= 0;
            }
            catch (FileNotFoundException)
            {
                // A database takes its log away when nobody has it open for a moment; what was in it is in the database then.
                return false;
            }
        });
}
