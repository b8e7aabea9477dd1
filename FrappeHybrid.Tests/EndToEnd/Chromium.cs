namespace FrappeHybrid.Tests.EndToEnd;

/// <summary>The browser of the tests.</summary>
internal static class Chromium
{
    /// <summary>Debian's chromium, deaf to networks that other tests make and remove.</summary>
    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "FrappeHybrid.Tests", "Lab", "chromium");
}
