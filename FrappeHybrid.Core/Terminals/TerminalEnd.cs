namespace FrappeHybrid.Core.Terminals;

/// <summary>Why a terminal is over.</summary>
public enum TerminalEnd
{
    /// <summary>The shell ended by itself: "exit", or its container was stopped.</summary>
    Exited,

    /// <summary>Its person ended it.</summary>
    Closed,

    /// <summary>Its person left the page and did not come back.</summary>
    Left,

    /// <summary>Nobody typed for too long.</summary>
    Idle,

    /// <summary>Its person signed out, or lost the right to it.</summary>
    NotAllowed,

    /// <summary>The connection to the server broke.</summary>
    Lost,

    /// <summary>The portal was ended.</summary>
    Interrupted,

    /// <summary>What it printed could not be written down any more.</summary>
    Unrecorded,
}
