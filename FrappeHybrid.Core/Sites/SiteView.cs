using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>A site as pages show it.</summary>
/// <param name="Url">Where a browser opens it: the site's name and, where the operator's configuration says so, another port; its primary domain when it has one.</param>
/// <param name="Facts">What the Agent last said of it; null when it was not asked yet.</param>
/// <param name="LastBackupAt">When the newest backup of it was taken.</param>
public sealed record SiteView(
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
    Guid? LastJobId,
    Uri Url,
    Contracts.Sites.SiteFactsInfo? Facts = null,
    DateTimeOffset? LastBackupAt = null)
{
    /// <summary>For which rights on it are asked.</summary>
    public Place Place => new(TeamId, ServerId, BenchId, Id);
}
