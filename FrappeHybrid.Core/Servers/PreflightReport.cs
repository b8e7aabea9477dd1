using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Servers;

/// <summary>The last pre-flight of a server: reads only, one row a check. Its id is the server's.</summary>
public sealed class PreflightReport : ITeamOwned
{
    /// <summary>The server's id.</summary>
    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    public required DateTimeOffset StartedAt { get; set; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    public List<PreflightRow> Rows { get; init; } = [];

    /// <summary>Finished and nothing failed: the set-up may start.</summary>
    public bool MaySetUp => FinishedAt is not null && Rows.Count > 0 && Rows.TrueForAll(row => row.Verdict is PreflightVerdict.Pass or PreflightVerdict.Warn);
}

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

/// <summary>What a check says.</summary>
public enum PreflightVerdict
{
    /// <summary>Not looked at yet, or looking now.</summary>
    Waiting,

    /// <summary>As it should be.</summary>
    Pass,

    /// <summary>It works, but the owner should know.</summary>
    Warn,

    /// <summary>The set-up would fail.</summary>
    Fail,
}
