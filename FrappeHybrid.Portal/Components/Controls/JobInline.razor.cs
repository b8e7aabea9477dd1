using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>
/// A job, live, on the page of what it is about: progress, cancel, try again. A job tried again takes the place of the old one; one that had ended well
/// before somebody looked is a line that can be unfolded.
/// </summary>
public partial class JobInline
{
    private RunView? run;
    private Error? problem;
    private Guid? retried;
    private Guid retriedFrom;
    private bool mayChange;
    private bool isOpen;

    [Parameter, EditorRequired]
    public Guid JobId { get; set; }

    /// <summary>What one must be allowed to do to cancel it or try it again.</summary>
    [Parameter, EditorRequired]
    public Capability Needs { get; set; }

    /// <summary>False where the page itself offers what to do after a failure.</summary>
    [Parameter]
    public bool OffersRetry { get; set; } = true;

    /// <summary>It was tried again: the new job's id.</summary>
    [Parameter]
    public EventCallback<Guid> OnRetried { get; set; }

    [Inject]
    private JobQueries Jobs { get; set; } = null!;

    [Inject]
    private RetryJob RetryJob { get; set; } = null!;

    [Inject]
    private CancelJob CancelJob { get; set; } = null!;

    private bool IsFolded => !isOpen && run?.State is RunState.Success;

    private Guid Shown => retried is { } next && retriedFrom == JobId ? next : JobId;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change is { Entity: nameof(Job) } && change.Id == Shown;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        run = await Jobs.FindAsync(Actor, Shown, cancel);
        isOpen |= run is { HasEnded: false };
        mayChange = run is not null && May(Needs, run.Place);
    }

    private async Task RetryAsync()
    {
        var again = await RetryJob.RunAsync(Actor, Shown, Gone);
        problem = again.Error;
        if (again.IsDone)
        {
            (retriedFrom, retried) = (JobId, again.Value);
            await OnRetried.InvokeAsync(again.Value);
        }

        await ReloadAsync();
    }

    private async Task CancelAsync()
    {
        problem = (await CancelJob.RunAsync(Actor, Shown, Gone)).Error;
        await ReloadAsync();
    }
}
