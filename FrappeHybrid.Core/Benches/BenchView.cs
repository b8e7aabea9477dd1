using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Benches;

/// <summary>A bench as pages show it.</summary>
public sealed record BenchView(
    Guid Id,
    Guid TeamId,
    string TeamName,
    Guid ServerId,
    string ServerName,
    string Name,
    BenchState State,
    string? StateReason,
    string ReleaseName,
    string ReleaseVersion,
    string Image,
    IReadOnlyList<string> Apps,
    int? FrontendPort,
    DateTimeOffset CreatedAt,
    int Sites,
    Guid? LastJobId)
{
    /// <summary>For which rights on it are asked.</summary>
    public Place Place => new(TeamId, ServerId, Id);
}
