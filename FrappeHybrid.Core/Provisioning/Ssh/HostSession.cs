using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>An open connection to a server. Commands may run side by side.</summary>
public abstract class HostSession : IAsyncDisposable
{
    /// <summary>How long the connection took to come about.</summary>
    public required TimeSpan ConnectTime { get; init; }

    /// <summary>The user is root itself, so that no sudo is needed.</summary>
    public required bool IsRoot { get; init; }

    /// <summary>Runs a command to its end.</summary>
    public abstract Task<HostOutcome> RunAsync(HostCommand command, CancellationToken cancel);

    /// <summary>Whether the user can become root without a password; null when it can.</summary>
    public abstract Task<Error?> CheckRootAsync(CancellationToken cancel);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
