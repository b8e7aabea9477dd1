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
