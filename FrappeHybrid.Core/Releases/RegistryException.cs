using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Releases;

/// <summary>A call to a registry did not work. Caught where the call was made; its <see cref="Error"/> is what people read.</summary>
public sealed class RegistryException(RegistryTrouble trouble, Error error, Exception? inner = null) : Exception(error.Message, inner)
{
    /// <summary>What kind of trouble.</summary>
    public RegistryTrouble Trouble { get; } = trouble;

    /// <summary>What is wrong and what to do.</summary>
    public Error Error { get; } = error;
}
