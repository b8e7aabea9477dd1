using FrappeHybrid.Core.Runs;

namespace FrappeHybrid.Core.Provisioning;

/// <summary>One idempotent task of a play.</summary>
public sealed class PlayTask : RunStep
{
    /// <summary>Whether it changed anything on the server; null until it ended well.</summary>
    public bool? Changed { get; set; }
}
