namespace FrappeHybrid.Core.Provisioning;

/// <summary>Runs the plays that are due.</summary>
public sealed class PlayRunner
{
}
