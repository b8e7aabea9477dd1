namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>Something to run on a server, as root unless told otherwise.</summary>
/// <param name="Script">Constant text for bash, without single quotes; values never go in here but through <see cref="WriteInput"/>.</param>
public sealed record HostCommand(string Script)
{
    /// <summary>Written to the script's standard input.</summary>
    public Func<Stream, CancellationToken, Task>? WriteInput { get; init; }

    /// <summary>Gets the output as it comes, cut anywhere; without it the output is collected, bounded.</summary>
    public Action<string>? OnOutput { get; init; }

    /// <summary>As the user itself instead of root.</summary>
    public bool AsUser { get; init; }

    /// <summary>After that the local end is killed. What the server does then depends on the command: a unit goes on.</summary>
    public required TimeSpan Timeout { get; init; }
}
