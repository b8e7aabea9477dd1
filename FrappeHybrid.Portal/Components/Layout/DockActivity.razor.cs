using FrappeHybrid.Core.Activity;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>The newest of the record, in the dock.</summary>
public partial class DockActivity
{
    private const int Most = 60;
    private IReadOnlyList<ActivityView> entries = [];

    [Inject]
    private ActivityQueries Activity { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(ActivityEntry);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel) =>
        entries = await Activity.ListAsync(Actor, new ActivityFilter { TeamId = await Teams.CurrentAsync(Actor, cancel) }, null, Most, cancel);
}
