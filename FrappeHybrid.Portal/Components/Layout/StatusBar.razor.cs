using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Estate;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>How everything is, in one line: the connection, the Agents, what runs, what failed, the time zone.</summary>
public partial class StatusBar
{
    private static readonly TimeSpan Recently = TimeSpan.FromHours(24);
    private EstateCounts? counts;

    [Inject]
    private EstateQueries Estate { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    [Inject]
    private ViewerTime Viewer { get; set; } = null!;

    private int Running => counts?.Running ?? 0;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Job) or nameof(Play) or nameof(Server) or nameof(Bench) or nameof(Site);

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Workspace.Changed += Redraw;
        Viewer.Changed += Redraw;
    }

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel) =>
        counts = await Estate.CountAsync(Actor, await Teams.CurrentAsync(Actor, cancel), Time.GetUtcNow() - Recently, cancel);

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync()
    {
        Workspace.Changed -= Redraw;
        Viewer.Changed -= Redraw;
        return ValueTask.CompletedTask;
    }

    private void Redraw() => _ = InvokeAsync(StateHasChanged);
}
