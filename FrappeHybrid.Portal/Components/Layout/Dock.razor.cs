using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>What runs and what failed, consoles that run on while pages change, and what was done.</summary>
public partial class Dock
{
    private bool mayReadActivity;

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    private List<string> Ears => [Workspace.JobsTab, .. Workspace.Consoles.Select(console => console.Key), .. mayReadActivity ? (string[])[Workspace.ActivityTab] : []];

    // What is in front, as a page without the desktop around it.
    private string? Window => Workspace.DockTab switch
    {
        Workspace.JobsTab => "/jobs/window",
        Workspace.ActivityTab when mayReadActivity => "/activity/window",
        var key when Workspace.Consoles.FirstOrDefault(console => console.Key == key) is { Source: { } source } open => ConsoleView.WindowOf(open.ServerId, source),
        _ => null,
    };

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => false;

    /// <inheritdoc/>
    protected override void OnInitialized() => Workspace.Changed += Redraw;

    /// <inheritdoc/>
    protected override Task LoadAsync(CancellationToken cancel)
    {
        mayReadActivity = Actor.MayAnywhere(Capability.ViewActivity);
        return Task.CompletedTask;
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
