namespace FrappeHybrid.Core.Servers;

/// <summary>One check.</summary>
public sealed class PreflightRow
{
    public required Guid ServerId { get; init; }

    public required int Number { get; init; }

    /// <summary>Stable name, e.g. "operating-system".</summary>
    public required string Key { get; init; }

    /// <summary>What is checked, e.g. "Operating system".</summary>
    public required string Title { get; init; }

    public PreflightVerdict Verdict { get; set; }

    /// <summary>What was found, e.g. "Debian 12 (bookworm)".</summary>
    public string? Found { get; set; }

    /// <summary>How to mend it; null when it passed.</summary>
    public string? Advice { get; set; }
}
