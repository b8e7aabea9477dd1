using FrappeHybrid.Core.Common;

namespace FrappeHybrid.Core.Provisioning.Ssh;

/// <summary>How a command on a server ended.</summary>
/// <param name="ExitCode">The command's own; meaningless when the connection failed.</param>
/// <param name="Output">Collected output, bounded, as it came.</param>
/// <param name="ErrorOutput">Collected error output, bounded, as it came.</param>
/// <param name="ConnectionError">The connection broke, or time was up; null when the command ended by itself.</param>
public sealed record HostOutcome(int ExitCode, string Output, string ErrorOutput, Error? ConnectionError)
{
    /// <summary>It ran and ended well.</summary>
    public bool IsDone => ConnectionError is null && ExitCode == 0;
}
