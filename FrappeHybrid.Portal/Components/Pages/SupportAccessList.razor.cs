using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>What a person of support has asked for, and where the person may act now.</summary>
public partial class SupportAccessList
{
    private IReadOnlyList<SupportAccessView> all = [];
    private Error? problem;
    private bool isBusy;

    [Inject]
    private SupportAccessQueries Accesses { get; set; } = null!;

    [Inject]
    private EndSupportAccess EndSupportAccess { get; set; } = null!;

    /// <inheritdoc/>
    // An end that comes by itself is told as a right that has changed: see LiveComponent.
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(SupportAccess) or nameof(Team);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel) => all = await Accesses.MineAsync(Actor, cancel);

    private async Task EndAsync(SupportAccessView access)
    {
        isBusy = true;
        problem = (await EndSupportAccess.RunAsync(Actor, access.Id, Gone)).Error;
        isBusy = false;
        await ReloadAsync();
    }
}
