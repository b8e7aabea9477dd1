using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Portal.Components.Layout.Commands;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>What runs and what failed, consoles that run on while pages change, and what was done.</summary>
public partial class Dock
{
    private const int MostEnded = 20;
    private static readonly TimeSpan Recently = TimeSpan.FromHours(24);
    private IReadOnlyList<RunView> runs = [];
    private int failed;
    private bool mayReadActivity;

    [Inject]
    private RunningRuns Runs { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    [Inject]
    private CommandMenus Menus { get; set; } = null!;

    private List<string> Ears => [Workspace.JobsTab, .. Workspace.Consoles.Select(console => console.Key), .. mayReadActivity ? (string[])[Workspace.ActivityTab] : []];

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Job) or nameof(Play);

    /// <inheritdoc/>
    protected override void OnInitialized() => Workspace.Changed += Redraw;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        mayReadActivity = Actor.MayAnywhere(Capability.ViewActivity);
        var team = await Teams.CurrentAsync(Actor, cancel);
        List<RunView> recent = [.. (await Runs.RecentAsync(Actor, 100, cancel)).Where(run => team is null || run.Place.TeamId == team)];
        var since = Time.GetUtcNow() - Recently;
        List<RunView> broken = [.. recent.Where(run => run.State is RunState.Failure or RunState.DeliveryFailure && run.CreatedAt >= since)];

        // What runs, then what needs somebody, then what went well.
        runs = [.. recent.Where(run => !run.HasEnded), .. broken, .. recent.Where(run => run.HasEnded).Except(broken).Take(MostEnded)];
        failed = broken.Count;
        Workspace.Count(recent.Count(run => !run.HasEnded));
    }

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync()
    {
        Workspace.Changed -= Redraw;
        return ValueTask.CompletedTask;
    }

    private string? IsFront(string tab) => Workspace.IsDockOpen && Workspace.DockTab == tab ? "front" : null;

    private string IsSelected(string tab) => Workspace.DockTab == tab ? "true" : "false";

    private void OnKey(KeyboardEventArgs key)
    {
        var ears = Ears;
        var at = Math.Max(0, ears.IndexOf(Workspace.DockTab));
        if (key.Key is "ArrowRight" or "ArrowLeft")
            Workspace.ShowDock(ears[(at + (key.Key is "ArrowRight" ? 1 : -1) + ears.Count) % ears.Count]);
        else if (key.Key is "Delete")
            Workspace.CloseConsole(Workspace.DockTab);
    }

    private void Redraw() => _ = InvokeAsync(StateHasChanged);
}
