using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>All sites that one may see; the filter is in the address.</summary>
public partial class SiteList
{
    private IReadOnlyList<SiteRow> all = [];
    private List<SiteRow> shown = [];

    [SupplyParameterFromQuery]
    private string? Find { get; set; }

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Site);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        all = await Sites.RowsAsync(Actor, await Teams.CurrentAsync(Actor, cancel), cancel);
        shown = [.. all.Where(site => ListFilter.Matches(Find, site.Name, site.ServerName, site.BenchName, site.TeamName))];
    }

    private static string Href(SiteRow row) => $"/sites/{row.Id}";
}
