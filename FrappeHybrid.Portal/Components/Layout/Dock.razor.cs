using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>What runs, and consoles that run on while pages change.</summary>
public partial class Dock
{
    private IReadOnlyList<RunView> runs = [];

    [Inject]
    private RunningRuns Runs { get; set; } = null!;

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Job) or nameof(Play);

    /// <inheritdoc/>
    protected override void OnInitialized() => Workspace.Changed += Redraw;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var recent = await Runs.RecentAsync(Actor, 100, cancel);
        runs = [.. recent.Where(run => !run.HasEnded), .. recent.Where(run => run.HasEnded).Take(10)];
        Workspace.Count(recent.Count(run => !run.HasEnded));
    }

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync()
    {
        Workspace.Changed -= Redraw;
        return ValueTask.CompletedTask;
    }

    private string? IsFront(string tab) => Workspace.IsDockOpen && Workspace.DockTab == tab ? "front" : null;

    private void Redraw() => _ = InvokeAsync(StateHasChanged);
}
