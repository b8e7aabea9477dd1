using System.Text;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Portal.Components.Layout;
using FrappeHybrid.Portal.Consoles;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>
/// A play or a job: what is coming, what runs, and the live output of one step. It follows the running step until a step is chosen.
/// Output is appended by the script as text; Blazor never draws it.
/// </summary>
public partial class RunProgress
{
    private ElementReference output;
    private IJSObjectReference? viewer;
    private RunStepView? shown;
    private string? chosen;
    private string? fetchedStep;
    private long fetchedTo;
    private bool isBusy;

    [Parameter, EditorRequired]
    public RunView Run { get; set; } = null!;

    /// <summary>What "Try again" does; not offered without it.</summary>
    [Parameter]
    public EventCallback OnRetry { get; set; }

    /// <summary>What "Cancel" does; not offered without it.</summary>
    [Parameter]
    public EventCallback OnCancel { get; set; }

    [Inject]
    private RunOutputs Outputs { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private string RetryText => Run.Kind is RunKind.Play && Run.Steps.FirstOrDefault(step => step.State is StepState.Failure) is { } failed ? $"Try again from “{failed.Title}”" : "Try again";

    private string Summary => Run.Note ?? (Run.HasEnded ? Run.FinishedAt is { } end && Run.StartedAt is { } start ? $"after {Human.Duration(end - start)}" : "" : Run.StepText());

    private string Waiting => shown?.State switch
    {
        null => "",
        StepState.Pending => "This step has not begun.",
        StepState.Running => "No output yet.",
        StepState.Skipped => "This step was not run.",
        StepState.Success or StepState.Failure => "This step printed nothing.",
        _ => throw new InvalidOperationException($"{shown.State} is not a step's state."),
    };

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity == nameof(RunOutput) && change.Id == Run.Id;

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        shown = Run.Steps.FirstOrDefault(step => step.Key == chosen) ?? Newest(Run.Steps);
        if (viewer is not null)
            await AppendAsync(cancel);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        await ScriptAsync(async () =>
        {
            var module = await Script.InvokeAsync<IJSObjectReference>("import", Gone, "./Components/Controls/RunProgress.razor.js");
            viewer = await module.InvokeAsync<IJSObjectReference>("start", Gone, output);
            await module.DisposeAsync();
        });
        await ReloadAsync();
        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override async ValueTask LeaveAsync()
    {
        if (viewer is not null)
            await viewer.DisposeAsync();
    }

    // What matters now: the step that failed, else the one that runs, else the last that has begun.
    private static RunStepView? Newest(IReadOnlyList<RunStepView> steps) =>
        steps.FirstOrDefault(step => step.State is StepState.Failure)
        ?? steps.FirstOrDefault(step => step.State is StepState.Running)
        ?? steps.LastOrDefault(step => step.StartedAt is not null)
        ?? (steps.Count > 0 ? steps[0] : null);

    private static string? Detail(RunStepView step) => step switch
    {
        { Summary: { Length: > 0 } summary } => summary,
        { Changed: false } => "Nothing to change",
        _ => null,
    };

    private static DateTimeOffset? EndOf(RunStepView step) => step.FinishedAt ?? (step.State is StepState.Running ? null : step.StartedAt);

    private async Task AppendAsync(CancellationToken cancel)
    {
        if (shown is null || viewer is not { } target)
            return;
        var isAnother = fetchedStep != shown.Key;
        if (isAnother)
        {
            fetchedStep = shown.Key;
            fetchedTo = 0;
        }

        var pieces = await Outputs.AfterAsync(Run.Id, shown.Key, fetchedTo, cancel);
        var text = new StringBuilder();
        foreach (var piece in pieces)
        {
            text.Append(piece.Text);
            fetchedTo = piece.Id;
        }

        if (isAnother || text.Length > 0)
            await ScriptAsync(() => target.InvokeVoidAsync(isAnother ? "replace" : "append", cancel, TerminalText.Plain(text.ToString())));
    }

    private async Task ChooseAsync(RunStepView? step)
    {
        chosen = step?.Key;
        await ReloadAsync();
    }

    private async Task ActAsync(EventCallback act)
    {
        isBusy = true;
        try
        {
            await act.InvokeAsync();
        }
        finally
        {
            isBusy = false;
        }
    }
}
