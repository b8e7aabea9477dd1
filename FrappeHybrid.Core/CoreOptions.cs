namespace FrappeHybrid.Core;

/// <summary>The portal's own settings, section "Portal" of appsettings.json.</summary>
public sealed class CoreOptions
{
    /// <summary>Folder of portal.db, keys/ and ssh/; relative to the program's folder.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>
    /// The file with the key that opens the key ring; relative to the program's folder. Empty: portal.key in the data folder. It is better kept elsewhere, because whoever
    /// has both has every secret.
    /// </summary>
    public string KeyFile { get; set; } = "";

    /// <summary>The Agent's published program that plays upload; relative to the program's folder.</summary>
    public string AgentProgram { get; set; } = "agent/frappe-hybrid-agent";

    /// <summary>The port in links to sites; another than 80 where browsers reach the servers through a port forwarding.</summary>
    public int SitePort { get; set; } = 80;

    /// <summary>
    /// Where people reach the portal, e.g. "https://portal.example.com": links in letters begin with it. It is never taken from a request, because whoever sends one
    /// could have a letter lead elsewhere.
    /// </summary>
    public string PublicUrl { get; set; } = "";

    /// <summary><see cref="PublicUrl"/> when it is set and an http or https address without path, user and query; null otherwise.</summary>
    public Uri? PublicAddress => Uri.TryCreate(PublicUrl, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address is { PathAndQuery: "/", Fragment.Length: 0, UserInfo.Length: 0, Host.Length: > 0 } ? address : null;

    /// <summary>The data folder as an absolute path.</summary>
    public string DataFolderPath => Path.GetFullPath(DataFolder, AppContext.BaseDirectory);

    /// <summary>The key file as an absolute path.</summary>
    public string KeyFilePath => string.IsNullOrWhiteSpace(KeyFile) ? Path.Combine(DataFolderPath, "portal.key") : Path.GetFullPath(KeyFile, AppContext.BaseDirectory);

    /// <summary>The portal's one SQLite file.</summary>
    public string DatabasePath => Path.Combine(DataFolderPath, "portal.db");

    /// <summary>The folder of the key ring.</summary>
    public string KeyRingPath => Path.Combine(DataFolderPath, "keys");

    /// <summary>The portal's client certificate, encrypted.</summary>
    public string CertificatePath => Path.Combine(DataFolderPath, "portal-certificate.protected");

    /// <summary>The folder of the portal's own backups.</summary>
    public string BackupsPath => Path.Combine(DataFolderPath, "backups");

    /// <summary>The folder of what terminals printed.</summary>
    public string TerminalsPath => Path.Combine(DataFolderPath, "terminals");

    /// <summary>There only while a restore is at work.</summary>
    public string RestoringPath => Path.Combine(DataFolderPath, ".restoring");

    /// <summary>The Agent's program as an absolute path.</summary>
    public string AgentProgramPath => Path.GetFullPath(AgentProgram, AppContext.BaseDirectory);

    /// <summary>The whole address of a page of the portal; null without <see cref="PublicUrl"/>.</summary>
    /// <param name="path">From its first slash on.</param>
    public string? LinkTo(string path) => string.IsNullOrWhiteSpace(PublicUrl) ? null : PublicUrl.TrimEnd('/') + path;
}
