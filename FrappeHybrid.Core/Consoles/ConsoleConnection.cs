namespace FrappeHybrid.Core.Consoles;

/// <summary>How the one stream from the server is.</summary>
public enum ConsoleConnection
{
    /// <summary>The first connection is being made.</summary>
    Connecting,

    /// <summary>Lines arrive as they are written.</summary>
    Live,

    /// <summary>The connection broke; the portal tries again by itself.</summary>
    Reconnecting,
}
