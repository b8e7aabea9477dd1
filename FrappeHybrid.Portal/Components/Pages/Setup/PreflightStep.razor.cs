using FrappeHybrid.Core.Servers;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages.Setup;

/// <summary>One row a check, live. The first look starts by itself, because it changes nothing.</summary>
public partial class PreflightStep
{
    private Error? problem;
    private bool isBusy;

    [Parameter, EditorRequired]
    public ServerView Server { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    [Parameter]
    public PreflightReport? Report { get; set; }

    [Parameter]
    public EventCallback OnDone { get; set; }

    [Inject]
    private RunPreflight RunPreflight { get; set; } = null!;

    private bool IsRunning => Report is { FinishedAt: null };

    private string Verdict
    {
        get
        {
            if (Report is not { FinishedAt: not null } report)
                return $"Checking, {Report?.Rows.Count(row => row.Verdict is not PreflightVerdict.Waiting) ?? 0} of {Report?.Rows.Count ?? 0}";
            var fails = report.Rows.Count(row => row.Verdict is PreflightVerdict.Fail);
            var warnings = report.Rows.Count(row => row.Verdict is PreflightVerdict.Warn);
            if (fails > 0)
                return $"{Human.Count(fails, "check")} to mend";
            return warnings > 0 ? $"Ready, with {Human.Count(warnings, "warning")}" : "Ready";
        }
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        if (Report is null)
            await RunAsync(null);
    }

    private async Task RunAsync(string? row)
    {
        isBusy = true;
        problem = (await RunPreflight.RunAsync(Actor, Server.Id, row, CancellationToken.None)).Error;
        isBusy = false;
    }
}
