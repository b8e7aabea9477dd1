using System.Text.Json;
using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>What the Agent last said of a site; its id is the site's.</summary>
public sealed class SiteFacts : ITeamOwned
{
    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    /// <inheritdoc/>
    public Place Place => new(TeamId, SiteId: Id);

    /// <summary>When the Agent looked.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>JSON of <see cref="SiteFactsInfo"/>.</summary>
    public string Json { get; private set; } = "";

    /// <summary>As the Agent said it; null when it was written by a portal that wrote it otherwise.</summary>
    public SiteFactsInfo? Read() => Read(Json);

    internal static SiteFactsInfo? Read(string? json)
    {
        try
        {
            return string.IsNullOrEmpty(json) ? null : JsonSerializer.Deserialize(json, SiteWorkJson.Default.SiteFactsInfo);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal void Put(SiteFactsInfo info)
    {
        At = info.At;
        Json = JsonSerializer.Serialize(info, SiteWorkJson.Default.SiteFactsInfo);
    }
}
