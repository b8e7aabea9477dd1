using FrappeHybrid.Core.Activity;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>The newest of the record, in the dock.</summary>
public partial class DockActivity
{
    private const int Most = 60;
    private IReadOnlyList<ActivityView> entries = [];

    /// <summary>A window of its own stays what it is: links open beside it.</summary>
    [Parameter]
    public bool IsWindow { get; set; }

    [Inject]
    private ActivityQueries Activity { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    private string? Target => IsWindow ? "_blank" : null;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(ActivityEntry);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel) =>
        entries = await Activity.ListAsync(Actor, new ActivityFilter { TeamId = await Teams.CurrentAsync(Actor, cancel) }, null, Most, cancel);
}
