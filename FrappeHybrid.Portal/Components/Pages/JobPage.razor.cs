using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>One job, live.</summary>
public partial class JobPage
{
    private RunView? run;
    private JobAbout? about;
    private Error? problem;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>It stands beside the list of all.</summary>
    [Parameter]
    public bool IsBeside { get; set; }

    [Inject]
    private JobQueries Jobs { get; set; } = null!;

    [Inject]
    private RetryJob RetryJob { get; set; } = null!;

    [Inject]
    private CancelJob CancelJob { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change is { Entity: nameof(Job) };

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        run = await Jobs.FindAsync(Actor, Id, cancel);
        about = await Jobs.AboutAsync(Actor, Id, cancel);
    }

    private async Task RetryAsync()
    {
        var retried = await RetryJob.RunAsync(Actor, Id, Gone);
        problem = retried.Error;
        if (retried.IsDone)
            Navigation.NavigateTo($"/jobs/{retried.Value}");
    }

    private async Task CancelAsync()
    {
        problem = (await CancelJob.RunAsync(Actor, Id, Gone)).Error;
        await ReloadAsync();
    }
}
