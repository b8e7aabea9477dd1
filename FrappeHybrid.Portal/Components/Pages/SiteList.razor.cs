using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>All sites that one may see; the filter is in the address.</summary>
public partial class SiteList
{
    private IReadOnlyList<SiteView> all = [];
    private List<SiteView> shown = [];

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
        var team = await Teams.CurrentAsync(Actor, cancel);
        all = [.. (await Sites.ListAsync(Actor, null, cancel)).Where(site => team is null || site.TeamId == team)];
        shown = [.. all.Where(site => ListFilter.Matches(Find, site.Name, site.ServerName, site.BenchName, site.TeamName))];
    }

    private static string Href(SiteView row) => $"/sites/{row.Id}";
}
