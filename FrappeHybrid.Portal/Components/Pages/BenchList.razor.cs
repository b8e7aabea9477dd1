using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>All benches that one may see; the filter is in the address.</summary>
public partial class BenchList
{
    private IReadOnlyList<BenchView> all = [];
    private List<BenchView> shown = [];

    [SupplyParameterFromQuery]
    private string? Find { get; set; }

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Bench) or nameof(Site);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var team = await Teams.CurrentAsync(Actor, cancel);
        all = [.. (await Benches.ListAsync(Actor, null, cancel)).Where(bench => team is null || bench.TeamId == team)];
        shown = [.. all.Where(bench => ListFilter.Matches(Find, bench.Name, bench.ServerName, bench.ReleaseName, bench.TeamName))];
    }

    private static string Href(BenchView row) => $"/benches/{row.Id}";
}
