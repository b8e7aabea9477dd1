using System.Text.Json;
using FrappeHybrid.Core.Teams;

namespace FrappeHybrid.Core.Sites;

/// <summary>A change of a site's configuration, as its history shows it; the job tells whether it came about. Holds no value of a secret key.</summary>
public sealed class SiteConfigChange : ITeamOwned
{
    public required Guid Id { get; init; }

    public required Guid TeamId { get; init; }

    /// <inheritdoc/>
    public Place Place => new(TeamId, SiteId: SiteId);

    public required Guid SiteId { get; init; }

    public required Guid JobId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string UserName { get; init; }

    /// <summary>The change that this one takes back.</summary>
    public Guid? UndoOf { get; init; }

    /// <summary>JSON of a list of <see cref="SiteConfigEdit"/>.</summary>
    public required string EditsJson { get; init; }

    /// <summary>Key by key.</summary>
    public IReadOnlyList<SiteConfigEdit> Edits => JsonSerializer.Deserialize(EditsJson, SiteConfigEdits.Default.IReadOnlyListSiteConfigEdit) ?? [];

    internal static string Write(IReadOnlyList<SiteConfigEdit> edits) => JsonSerializer.Serialize(edits, SiteConfigEdits.Default.IReadOnlyListSiteConfigEdit);
}
