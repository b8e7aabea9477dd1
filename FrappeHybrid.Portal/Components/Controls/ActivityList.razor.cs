using FrappeHybrid.Core.Activity;
using FrappeHybrid.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>A part of the record, newest first, by days; new entries come by themselves.</summary>
public partial class ActivityList
{
    private const int Step = 100;
    private List<ActivityView> entries = [];
    private int wanted = Step;
    private bool hasMore;
    private Guid? open;
    private ActivityFilter? shown;

    [Parameter, EditorRequired]
    public ActivityFilter Filter { get; set; } = null!;

    /// <summary>Where an entry's details are; null when they unfold in the list.</summary>
    [Parameter]
    public Func<ActivityView, string>? EntryHref { get; set; }

    /// <summary>The entry whose details stand beside the list.</summary>
    [Parameter]
    public Guid? Selected { get; set; }

    [Inject]
    private ActivityQueries Activity { get; set; } = null!;

    [Inject]
    private ViewerTime Viewer { get; set; } = null!;

    private bool IsFiltered => !string.IsNullOrWhiteSpace(Filter.Find) || Filter.Result is not null;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(ActivityEntry);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        if (shown != Filter)
            (shown, wanted) = (Filter, Step);
        var found = new List<ActivityView>();
        while (found.Count <= wanted)
        {
            var part = await Activity.ListAsync(Actor, Filter, found.Count == 0 ? null : found[^1].Number, Math.Min(ActivityQueries.Most, wanted + 1 - found.Count), cancel);
            found.AddRange(part);
            if (part.Count == 0)
                break;
        }

        hasMore = found.Count > wanted;
        entries = [.. found.Take(wanted)];
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Viewer.Changed += Redraw;

    /// <inheritdoc/>
    protected override ValueTask LeaveAsync()
    {
        Viewer.Changed -= Redraw;
        return ValueTask.CompletedTask;
    }

    private static IconName Picture(ActivityResult result) => result switch
    {
        ActivityResult.Done => IconName.Ok,
        ActivityResult.Refused => IconName.Warn,
        _ => IconName.Fail,
    };

    private static string Class(ActivityResult result) => result switch
    {
        ActivityResult.Done => "done",
        ActivityResult.Refused => "warn",
        _ => "fail",
    };

    private static string Word(ActivityResult result) => result switch
    {
        ActivityResult.Done => "Done",
        ActivityResult.Refused => "Refused",
        _ => "Failed",
    };

    private async Task MoreAsync()
    {
        wanted += Step;
        await ReloadAsync();
    }

    private void Redraw() => _ = InvokeAsync(StateHasChanged);
}
