using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>What of a bench can be changed. What is in force is asked of the server: it is kept there.</summary>
public partial class BenchSettings
{
    private BenchView? bench;
    private RunView? job;
    private List<SiteView> sites = [];
    private BenchInfo? status;
    private IReadOnlyList<BenchVariable> variables = [];
    private Error? statusProblem;
    private Error? variablesProblem;
    private Error? problem;
    private Guid? shownJob;
    private Guid askedFor;
    private bool wasWorking;
    private bool mayManage;
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
    private ChangeBenchLimits ChangeBenchLimits { get; set; } = null!;

    [Inject]
    private ChangeBenchWorkers ChangeBenchWorkers { get; set; } = null!;

    [Inject]
    private ChangeBenchEnvironment ChangeBenchEnvironment { get; set; } = null!;

    [Inject]
    private ArchiveBench ArchiveBench { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    private bool IsWorking => job is { HasEnded: false };

    private bool CanChange => mayManage && !isBusy && !IsWorking;

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
        sites = [.. await Sites.ListAsync(Actor, Id, cancel)];
        if (askedFor != Id)
            (shownJob, status) = (null, null);
        if (IsWorking)
            shownJob = job!.Id;

        // Asked apart from the page, at its start and after each job: a server that does not answer must not keep the page from showing itself.
        if (bench.State is BenchState.Active && (askedFor != Id || wasWorking && !IsWorking))
            _ = InvokeAsync(AskAsync);
        askedFor = Id;
        wasWorking = IsWorking;
    }

    private async Task AskAsync()
    {
        try
        {
            var answer = await Status.GetAsync(Actor, Id, Gone);
            status = answer.IsDone ? answer.Value : null;
            statusProblem = answer.Error;
            if (answer.IsDone)
            {
                var set = await Status.EnvironmentAsync(Actor, Id, Gone);
                (variables, variablesProblem) = (set.IsDone ? set.Value : [], set.Error);
            }

            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private Task ChangeLimitsAsync(BenchLimits limits) => OrderAsync(() => ChangeBenchLimits.RunAsync(Actor, Id, limits, Gone));

    private Task ChangeWorkersAsync(BenchWorkers workers) => OrderAsync(() => ChangeBenchWorkers.RunAsync(Actor, Id, workers, Gone));

    private Task ChangeVariableAsync((string Name, string? Value) variable) =>
        OrderAsync(() => ChangeBenchEnvironment.RunAsync(Actor, Id, variable.Name, variable.Value, Gone));

    private async Task ArchiveAsync()
    {
        if (await Dialogs.ConfirmByNameAsync("Archive this bench", bench!.Name, "Its containers go; its folder stays in the server's archive.", "Archive bench"))
            await OrderAsync(() => ArchiveBench.RunAsync(Actor, Id, Gone));
    }

    private async Task OrderAsync(Func<Task<Result<Guid>>> order)
    {
        isBusy = true;
        var ordered = await order();
        problem = ordered.Error;
        shownJob = ordered.IsDone ? ordered.Value : shownJob;
        isBusy = false;
        await ReloadAsync();
    }
}
