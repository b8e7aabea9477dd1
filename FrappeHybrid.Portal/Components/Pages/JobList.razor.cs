using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>What ran and runs, newest first; state and filter are in the address.</summary>
public partial class JobList
{
    private static readonly Filter[] Filters =
    [
        new("", "All", _ => true),
        new("running", "Running", run => !run.HasEnded),
        new("failed", "Failed", run => run.State is RunState.Failure or RunState.DeliveryFailure),
        new("success", "Success", run => run.State is RunState.Success),
        new("cancelled", "Cancelled", run => run.State is RunState.Cancelled),
    ];

    private IReadOnlyList<RunView> all = [];
    private List<RunView> shown = [];

    [SupplyParameterFromQuery]
    private string? State { get; set; }

    [SupplyParameterFromQuery]
    private string? Find { get; set; }

    [Inject]
    private RunningRuns Runs { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Job) or nameof(Play);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var team = await Teams.CurrentAsync(Actor, cancel);
        all = [.. (await Runs.RecentAsync(Actor, 500, cancel)).Where(run => team is null || run.Place.TeamId == team)];
        var filter = Filters.FirstOrDefault(each => each.Key == State) ?? Filters[0];
        shown = [.. all.Where(run => filter.Takes(run) && ListFilter.Matches(Find, run.Title, run.Subject))];
    }

    private void Open(RunView row) => Navigation.NavigateTo(row.Href());

    private sealed record Filter(string Key, string Text, Func<RunView, bool> Takes);
}
