using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Portal.Components.Layout.Commands;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>What runs, what failed, what went well lately: in the dock, or in a window of its own.</summary>
public partial class DockJobs
{
    private const int MostEnded = 20;
    private static readonly TimeSpan Recently = TimeSpan.FromHours(24);
    private IReadOnlyList<RunView> runs = [];

    /// <summary>A window of its own stays what it is: links open beside it.</summary>
    [Parameter]
    public bool IsWindow { get; set; }

    [Inject]
    private RunningRuns Runs { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    [Inject]
    private CommandMenus Menus { get; set; } = null!;

    private string? Target => IsWindow ? "_blank" : null;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Job) or nameof(Play);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var team = await Teams.CurrentAsync(Actor, cancel);
        List<RunView> recent = [.. (await Runs.RecentAsync(Actor, 100, cancel)).Where(run => team is null || run.Place.TeamId == team)];
        var since = Time.GetUtcNow() - Recently;
        List<RunView> broken = [.. recent.Where(run => run.State is RunState.Failure or RunState.DeliveryFailure && run.CreatedAt >= since)];

        // What runs, then what needs somebody, then what went well.
        runs = [.. recent.Where(run => !run.HasEnded), .. broken, .. recent.Where(run => run.HasEnded).Except(broken).Take(MostEnded)];
        Workspace.Count(recent.Count(run => !run.HasEnded), broken.Count);
    }
}
