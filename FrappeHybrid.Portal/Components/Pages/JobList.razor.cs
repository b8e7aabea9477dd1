using FrappeHybrid.Core.Runs;
using FrappeHybrid.Portal.Components.Controls;
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

    /// <summary>The job whose details stand beside the list.</summary>
    [SupplyParameterFromQuery]
    private Guid? Job { get; set; }

    /// <summary>The play whose details stand beside the list.</summary>
    [SupplyParameterFromQuery]
    private Guid? Play { get; set; }

    [Inject]
    private RunningRuns Runs { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Core.Jobs.Job) or nameof(Core.Provisioning.Play);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var team = await Teams.CurrentAsync(Actor, cancel);
        all = [.. (await Runs.RecentAsync(Actor, 500, cancel)).Where(run => team is null || run.Place.TeamId == team)];
        var filter = Filters.FirstOrDefault(each => each.Key == State) ?? Filters[0];
        shown = [.. all.Where(run => filter.Takes(run) && ListFilter.Matches(Find, run.Title, run.Subject))];
    }

    private static IReadOnlyDictionary<string, object?> NothingChosen { get; } = new Dictionary<string, object?> { ["job"] = null, ["play"] = null };

    // Beside the list, with the filter as it is.
    private string Beside(RunView row) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["job"] = row.Kind is RunKind.Job ? row.Id : null,
        ["play"] = row.Kind is RunKind.Play ? row.Id : null,
    });

    private static string Step(RunView row) => row.Error?.Message ?? row.Note ?? row.StepText();

    private static string? Took(RunView row) => row is { StartedAt: { } start, FinishedAt: { } end } ? Human.Duration(end - start) : null;

    private sealed record Filter(string Key, string Text, Func<RunView, bool> Takes);
}
