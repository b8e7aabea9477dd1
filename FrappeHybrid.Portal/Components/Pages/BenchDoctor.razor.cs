using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>How a bench is, in plain words, with the act that mends what is not well.</summary>
public partial class BenchDoctor
{
    private static readonly StateLook Serious = new(IconName.Fail, "fail", "Serious");
    private static readonly StateLook Worth = new(IconName.Warn, "warn", "Warning");
    private BenchView? bench;
    private BenchDoctorReport? report;
    private IReadOnlyList<DoctorFinding> findings = [];
    private Dictionary<string, Guid> sites = [];
    private RunView? job;
    private Error? askProblem;
    private Error? problem;
    private Guid? shownJob;
    private Guid askedFor;
    private bool wasWorking;
    private bool mayManage;
    private bool isAsking;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

    [Inject]
    private JobQueries Jobs { get; set; } = null!;

    [Inject]
    private BenchStatus Status { get; set; } = null!;

    [Inject]
    private RestartBench RestartBench { get; set; } = null!;

    private bool IsWorking => job is { HasEnded: false };

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Bench) or nameof(Site) or nameof(Job);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        bench = await Benches.FindAsync(Actor, Id, cancel);
        if (bench is null)
            return;
        mayManage = May(Capability.ManageBenches, bench.Place);
        job = bench.LastJobId is { } last ? await Jobs.FindAsync(Actor, last, cancel) : null;
        sites = (await Sites.ListAsync(Actor, Id, cancel)).ToDictionary(site => site.Name, site => site.Id, StringComparer.Ordinal);
        if (askedFor != Id)
            (shownJob, report, findings) = (null, null, []);

        // Asked apart from the page, at its start and after each job on the bench.
        if (bench.State is BenchState.Active && (askedFor != Id || wasWorking && !IsWorking))
            _ = InvokeAsync(AskAsync);
        askedFor = Id;
        wasWorking = IsWorking;
    }

    private static StateLook LookOf(SiteScheduler site) => site switch
    {
        { IsEnabled: false } => new(IconName.Skipped, "idle", "Disabled"),
        { IsPaused: true } => new(IconName.Pause, "warn", "Paused"),
        _ => new(IconName.Ok, "ok", "Enabled"),
    };

    private async Task AskAsync()
    {
        if (isAsking)
            return;
        isAsking = true;
        StateHasChanged();
        try
        {
            var answer = await Status.DoctorAsync(Actor, Id, Gone);
            askProblem = answer.Error;
            if (answer.IsDone)
                (report, findings) = (answer.Value, DoctorFindings.Of(answer.Value));
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }

        isAsking = false;
        StateHasChanged();
    }

    private async Task RestartAsync(BenchService service)
    {
        isBusy = true;
        var ordered = await RestartBench.RunAsync(Actor, Id, [service], Gone);
        problem = ordered.Error;
        shownJob = ordered.IsDone ? ordered.Value : shownJob;
        isBusy = false;
        await ReloadAsync();
    }
}
