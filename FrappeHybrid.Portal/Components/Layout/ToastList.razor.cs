using System.Collections.Concurrent;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Runs;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>Shows the words in the corner, tells the end of the jobs that were begun here, and takes a drop back.</summary>
public partial class ToastList
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LifeWithUndo = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<long, ITimer> ends = new();

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private JobQueries Jobs { get; set; } = null!;

    [Inject]
    private BringBackSite BringBackSite { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Job);

    /// <inheritdoc/>
    protected override void OnInitialized() => Toasts.Changed += Redraw;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        foreach (var toast in Toasts.Shown.Where(toast => toast.IsRunning).ToList())
        {
            if (toast.JobId is { } id && await Jobs.FindAsync(Actor, id, cancel) is { HasEnded: true } job)
                Toasts.Replace(toast with { IsRunning = false, Text = job.State is RunState.Success ? $"{toast.Text}: done" : toast.Text, Problem = job.State is RunState.Success ? null : job.Error ?? new Error("cancelled", "It was cancelled.") });
        }

        Settle();
    }

    /// <inheritdoc/>
    protected override async ValueTask LeaveAsync()
    {
        Toasts.Changed -= Redraw;
        foreach (var timer in ends.Values)
            await timer.DisposeAsync();
    }

    private async Task UndoAsync(Toast toast, Guid siteId)
    {
        Toasts.Close(toast.Number);
        var ordered = await BringBackSite.RunAsync(Actor, siteId, null, null, Gone);
        if (ordered.IsDone)
            Toasts.Follow(ordered.Value, "Bringing the site back", $"/jobs/{ordered.Value}");
        else
            Toasts.Fail("The site was not brought back", ordered.Error, "/trash");
    }

    // What went well leaves by itself; what failed stays until somebody has seen it.
    private void Settle()
    {
        foreach (var toast in Toasts.Shown.Where(toast => toast is { IsRunning: false, Problem: null }))
        {
            if (!ends.ContainsKey(toast.Number))
                ends[toast.Number] = Time.CreateTimer(_ => _ = InvokeAsync(() => Toasts.Close(toast.Number)), null, toast.UndoSiteId is null ? Life : LifeWithUndo, Timeout.InfiniteTimeSpan);
        }
    }

    private void Redraw() => _ = InvokeAsync(async () =>
    {
        // A job may have ended before anybody listened for it.
        await ReloadAsync();
        StateHasChanged();
    });
}
