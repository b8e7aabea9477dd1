namespace FrappeHybrid.Agent.Nginx;

/// <summary>The server's nginx: the real one, or a test's.</summary>
internal interface INginxCommands
{
    /// <summary>Whether it would take the configuration that is on the disk.</summary>
    Task<NginxVerdict> TestAsync(CancellationToken cancel);

    /// <summary>Makes it take the configuration that is on the disk.</summary>
    Task<NginxVerdict> ReloadAsync(CancellationToken cancel);
}
