namespace FrappeHybrid.Core;

/// <summary>The portal's own settings, section "Portal" of appsettings.json.</summary>
public sealed class CoreOptions
{
    /// <summary>Folder of portal.db, keys/ and ssh/; relative to the program's folder.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>The Agent's published program that plays upload; relative to the program's folder.</summary>
    public string AgentProgram { get; set; } = "agent/frappe-hybrid-agent";

    /// <summary>The port in links to sites; another than 80 where browsers reach the servers through a port forwarding.</summary>
    public int SitePort { get; set; } = 80;

    /// <summary>The data folder as an absolute path.</summary>
    public string DataFolderPath => Path.GetFullPath(DataFolder, AppContext.BaseDirectory);

    /// <summary>The Agent's program as an absolute path.</summary>
    public string AgentProgramPath => Path.GetFullPath(AgentProgram, AppContext.BaseDirectory);
}
