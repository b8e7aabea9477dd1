using FrappeHybrid.Core.Keys;
using FrappeHybrid.Core.Mail;
using FrappeHybrid.Core.PortalBackups;

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
        if (options is { PublicUrl.Length: > 0, PublicAddress: null })
            throw new StartProblemException($"Portal:PublicUrl in appsettings.json is \"{options.PublicUrl}\"; it has to be the address at which people reach the portal, such as https://portal.example.com, without a path.");
        CheckMail(configuration);
        var backups = configuration.GetSection("PortalBackups").Get<PortalBackupOptions>() ?? new PortalBackupOptions();
        if (backups.At < TimeSpan.Zero || backups.At >= TimeSpan.FromDays(1))
            throw new StartProblemException($"PortalBackups:At in appsettings.json is {backups.At}; it must be a time of the day, 00:00:00 to 23:59:59 (UTC).");
        if (backups.Keep is < 1 or > 1000)
            throw new StartProblemException($"PortalBackups:Keep in appsettings.json is {backups.Keep}; it must be 1 to 1000.");
        CheckWritable(options.DataFolderPath);
    }

    /// <summary>Before anything is started: Data Protection would make a new ring where it cannot open the old one.</summary>
    public static void OpenKeyRing(WebApplication portal)
    {
        if (portal.Services.GetRequiredService<PortalKeyRing>().MakeReady().Error is { } problem)
            throw new StartProblemException($"{char.ToLowerInvariant(problem.Message[0])}{problem.Message[1..]} {problem.Advice}{(problem.Code == "key-ring-unwritable" ? "" : " Nothing was changed.")}");
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

    private static void CheckMail(IConfiguration configuration)
    {
        string? problem;
        try
        {
            problem = configuration.GetSection("Mail").Get<MailOptions>()?.FindProblem();
        }
        catch (InvalidOperationException exception)
        {
            // The binder's sentence names the key and what stands there; no secret is anything but text, so that none is in it.
            problem = $"a setting of the section Mail in appsettings.json cannot be read. {exception.Message}";
        }

        if (problem is not null)
            throw new StartProblemException(problem);
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
