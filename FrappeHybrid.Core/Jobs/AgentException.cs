using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Jobs;

/// <summary>A call to an Agent did not work. Caught where the call was made; its <see cref="Error"/> is what people read.</summary>
public sealed class AgentException(Error error, AgentTrouble trouble, Exception? inner = null) : Exception(error.Message, inner)
{
    /// <summary>What is wrong and what to do.</summary>
    public Error Error { get; } = error;

    /// <summary>Whether trying again makes sense.</summary>
    public AgentTrouble Trouble { get; } = trouble;
}

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
