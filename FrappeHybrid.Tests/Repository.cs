namespace FrappeHybrid.Tests;

/// <summary>Where this checkout is.</summary>
internal static class Repository
{
    /// <summary>The folder with FrappeHybrid.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Build output and what the lab prepared.</summary>
    public static string Artifacts => Path.Combine(Root, "artifacts");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "FrappeHybrid.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests run from inside a checkout: no FrappeHybrid.sln above " + AppContext.BaseDirectory);
    }
}
