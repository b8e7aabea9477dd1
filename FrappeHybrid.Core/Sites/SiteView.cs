namespace FrappeHybrid.Core.Sites;

/// <summary>A site as pages show it.</summary>
/// <param name="Url">Where a browser opens it: the site's name and, where the operator's configuration says so, another port.</param>
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
    Uri Url);
