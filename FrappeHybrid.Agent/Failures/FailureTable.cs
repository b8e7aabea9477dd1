namespace FrappeHybrid.Agent.Failures;

/// <summary>
/// All patterns, causes before their consequences: the first that is found wins. The exit code has already said that a command failed; the reason may be on standard
/// output or be the last line of a traceback on standard error, so that both are searched.
/// </summary>
internal static class FailureTable
{
    /// <summary>What programs on the server say.</summary>
    public static IReadOnlyList<FailurePattern> Programs { get; } = [.. MachineFailures.All, .. DatabaseFailures.All, .. SiteFailures.All];

    /// <summary>What registries say; a full disk comes first there too.</summary>
    public static IReadOnlyList<FailurePattern> Registries { get; } = [MachineFailures.DiskFull, .. RegistryFailures.All];

    public static FailurePattern? Find(IReadOnlyList<FailurePattern> patterns, string output) => patterns.FirstOrDefault(pattern => pattern.Matches(output));
}
