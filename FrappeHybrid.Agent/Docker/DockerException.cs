namespace FrappeHybrid.Agent.Docker;

/// <summary>The engine said no, or nothing.</summary>
internal sealed class DockerException : Exception
{
    public DockerException(DockerFault fault, string message)
        : base(message) => Fault = fault;

    public DockerException(DockerFault fault, string message, Exception cause)
        : base(message, cause) => Fault = fault;

    public DockerFault Fault { get; }
}

/// <summary>Kinds of refusal that a caller treats differently.</summary>
internal enum DockerFault
{
    /// <summary>No such container, image, network or exec.</summary>
    NotFound,

    /// <summary>The name is taken, or the object is in the wrong state.</summary>
    Conflict,

    /// <summary>The socket does not answer, or the engine is too old for us.</summary>
    Unavailable,

    /// <summary>Anything else; the message is the engine's own.</summary>
    Refused,
}
