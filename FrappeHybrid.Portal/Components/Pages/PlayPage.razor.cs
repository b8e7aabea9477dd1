using FrappeHybrid.Core.Provisioning;
using FrappeHybrid.Core.Runs;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>One play, live. A retry goes on at the task that failed.</summary>
public partial class PlayPage
{
    private RunView? run;
    private Error? problem;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>It stands beside the list of all.</summary>
    [Parameter]
    public bool IsBeside { get; set; }

    [Inject]
    private PlayQueries Plays { get; set; } = null!;

    [Inject]
    private RetryPlay RetryPlay { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change is { Entity: nameof(Play) } && change.Id == Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel) => run = await Plays.FindAsync(Actor, Id, cancel);

    private async Task RetryAsync()
    {
        problem = (await RetryPlay.RunAsync(Actor, Id, Gone)).Error;
        await ReloadAsync();
    }
}
