namespace FrappeHybrid.Portal.Startup;

/// <summary>What must be true before anything starts; a portal that is half right would fail later and less clearly.</summary>
internal static class StartChecks
{
    // One of each origin: our own, the script that Blazor needs, the component kit, the npm packages.
    private static readonly string[] Needed = ["css/tokens.css", "_framework/blazor.web.js", "_content/Radzen.Blazor/Radzen.Blazor.min.js", "lib/xterm/xterm.mjs", "FrappeHybrid.Portal.styles.css"];

    /// <summary>Before anything is built: what is built writes into the data folder.</summary>
    public static void CheckSettings(IConfiguration configuration)
    {
        var options = configuration.GetSection("Portal").Get<CoreOptions>() ?? new CoreOptions();
        if (options.SitePort is < 1 or > 65535)
            throw new StartProblemException($"Portal:SitePort in appsettings.json is {options.SitePort}; it must be 1 to 65535.");
        CheckWritable(options.DataFolderPath);
    }

    public static void CheckFiles(WebApplication portal)
    {
        foreach (var path in Needed)
        {
            var file = portal.Environment.WebRootFileProvider.GetFileInfo(path);
            if (!file.Exists || file.Length == 0)
                throw new StartProblemException($"the static file {path} is missing or empty. Publish the portal again and start it from a complete folder; it looked in {portal.Environment.WebRootPath}.");
        }
    }

    private static void CheckWritable(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var probe = Path.Combine(folder, ".writable");
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartProblemException($"the data folder {folder} cannot be written ({problem.Message}). Set Portal:DataFolder in appsettings.json to a folder that belongs to the portal's user.");
        }
    }
}
