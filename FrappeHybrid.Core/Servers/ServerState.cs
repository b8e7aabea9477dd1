namespace FrappeHybrid.Core.Servers;

/// <summary>Where a server is; the allowed moves are in <see cref="Server"/>.</summary>
public enum ServerState
{
    /// <summary>In the wizard.</summary>
    Draft,

    /// <summary>The play "Set up server" waits or runs.</summary>
    Installing,

    /// <summary>The Agent answered.</summary>
    Active,

    /// <summary>The play failed; it can be resumed.</summary>
    Broken,

    /// <summary>Was active; the Agent does not answer now.</summary>
    Unreachable,

    /// <summary>A play that was asked for (reboot, upgrade of the Agent, taking out) waits or runs: no job is sent, and silence is no alarm.</summary>
    Maintenance,

    /// <summary>Taken out.</summary>
    Archived,
}
