using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Servers;

/// <summary>The last pre-flight of a server: reads only, one row a check. Its id is the server's.</summary>
public sealed class PreflightReport : ITeamOwned
{
    /// <summary>The server's id.</summary>
    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    /// <inheritdoc/>
    public Place Place => new(TeamId, Id);

    public required DateTimeOffset StartedAt { get; set; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    public List<PreflightRow> Rows { get; init; } = [];

    /// <summary>Finished and nothing failed: the set-up may start.</summary>
    public bool MaySetUp => FinishedAt is not null && Rows.Count > 0 && Rows.TrueForAll(row => row.Verdict is PreflightVerdict.Pass or PreflightVerdict.Warn);
}
