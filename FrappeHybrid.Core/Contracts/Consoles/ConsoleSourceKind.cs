namespace FrappeHybrid.Core.Contracts.Consoles;

/// <summary>What a console can show.</summary>
public enum ConsoleSourceKind
{
    /// <summary>The output of one service of a bench.</summary>
    Service = 0,

    /// <summary>All services of a bench, joined by time; the portal joins them, an Agent does not know it.</summary>
    Bench = 1,

    /// <summary>What the Agent itself says.</summary>
    Agent = 2,

    /// <summary>Each request that the server's nginx answered.</summary>
    NginxAccess = 3,

    /// <summary>What went wrong in the server's nginx.</summary>
    NginxError = 4,

    /// <summary>A log file that Frappe writes, of a bench or of a site.</summary>
    File = 5,

    /// <summary>The output of the server's MariaDB, which all benches share.</summary>
    Database = 6,
}
