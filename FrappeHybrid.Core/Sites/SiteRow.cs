using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>A site as a list of thousands shows it.</summary>
/// <param name="Host">Its primary domain, or its name.</param>
/// <param name="Port">Where its server takes visitors.</param>
/// <param name="LastBackupAt">When the newest backup of it was taken.</param>
public sealed record SiteRow(
    Guid Id,
    Guid TeamId,
    string TeamName,
    Guid ServerId,
    string ServerName,
    Guid BenchId,
    string BenchName,
    string Name,
    SiteState State,
    string? StateReason,
    IReadOnlyList<string> Apps,
    string Version,
    DateTimeOffset CreatedAt,
    string Host,
    int Port,
    DateTimeOffset? LastBackupAt)
{
    /// <summary>For which rights on it are asked.</summary>
    public Place Place => new(TeamId, ServerId, BenchId, Id);

    /// <summary>Where a browser opens it.</summary>
    public Uri Url => new UriBuilder("http", Host, Port).Uri;
}
