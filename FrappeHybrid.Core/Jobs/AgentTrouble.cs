namespace FrappeHybrid.Core.Jobs;

/// <summary>How a call to an Agent failed.</summary>
public enum AgentTrouble
{
    /// <summary>No connection: the Agent surely did not see the request.</summary>
    NotSent,

    /// <summary>The request may have arrived: time-out, a connection that broke, an answer that cannot be read.</summary>
    Uncertain,

    /// <summary>The Agent answered that it cannot now (429, 5xx).</summary>
    Busy,

    /// <summary>The Agent refused the request for good (other 4xx, with its own code).</summary>
    Refused,

    /// <summary>The Agent has no such thing (404 with its own code).</summary>
    Missing,
}
