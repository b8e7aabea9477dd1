using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Servers;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>One bench: its services as they are now, its sites.</summary>
public partial class BenchPage
{
    private static readonly TimeSpan Asking = TimeSpan.FromSeconds(10);
    private const int SitesShown = 12;
    private BenchView? bench;
    private RunView? job;
    private List<SiteView> sites = [];
    private IReadOnlyList<RunView> runs = [];
    private BenchInfo? status;
    private Error? statusProblem;
    private DateTimeOffset? askedAt;
    private Error? problem;
    private Guid? shownJob;
    private Guid shownFor;
    private bool mayManage;
    private bool isBusy;
    private Guid askedFor;

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
    private RetryBench RetryBench { get; set; } = null!;

    [Inject]
    private GiveUpBench GiveUpBench { get; set; } = null!;

    [Inject]
    private RestartBench RestartBench { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    /// <summary>A job is at work on the bench itself: two at once would only wait for each other.</summary>
    private bool IsWorking => job is { HasEnded: false };

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Bench) or nameof(Site) or nameof(Job) or nameof(Server);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        bench = await Benches.FindAsync(Actor, Id, cancel);
        if (bench is null)
            return;
        mayManage = May(Capability.ManageBenches, bench.Place);
        job = bench.LastJobId is { } last ? await Jobs.FindAsync(Actor, last, cancel) : null;
        if (shownFor != Id)
            (shownFor, shownJob) = (Id, null);

        // What runs is shown, and stays until the page is left: its end is what one waits for.
        if (bench.State is BenchState.Active or BenchState.Archiving && IsWorking)
            shownJob = job!.Id;
        sites = [.. await Sites.ListAsync(Actor, Id, cancel)];
        runs = await Jobs.ListAsync(Actor, null, Id, null, 6, cancel);
        if (bench.State is BenchState.Active && askedFor != Id)
        {
            // Asked apart from the page: a server that does not answer must not keep the page from showing what the portal knows.
            askedFor = Id;
            status = null;
            _ = InvokeAsync(() => AskRepeatedlyAsync(Id));
        }
    }

    private static string Describe(ServiceInfo? service) => service switch
    {
        null => "",
        { State: not "running", ExitCode: { } code } => $"exit code {code}, restarted {Human.Count(service.RestartCount, "time")}",
        { RestartCount: > 0 } => $"restarted {Human.Count(service.RestartCount, "time")}",
        { MemoryLimitMegabytes: { } limit } => $"up to {Human.Bytes(limit * 1024L * 1024L)} of memory",
        _ => "",
    };

    // How services are is not stored, so no change announces it: the page asks while it is open.
    private async Task AskRepeatedlyAsync(Guid benchId)
    {
        try
        {
            while (!Gone.IsCancellationRequested && askedFor == benchId)
            {
                var answer = await Status.GetAsync(Actor, benchId, Gone);
                statusProblem = answer.Error;
                status = answer.IsDone ? answer.Value : status;
                askedAt = Time.GetUtcNow();
                StateHasChanged();
                await Task.Delay(Asking, Time, Gone);
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private async Task RestartAllAsync()
    {
        var sure = await Dialogs.Confirm(
            $"Visitors of {Human.Count(sites.Count, "site")} get no answer for some seconds; background jobs that run now may take a minute to end.",
            "Restart all services",
            new ConfirmOptions { OkButtonText = "Restart all", CancelButtonText = "Cancel", CloseDialogOnEsc = true });
        if (sure == true)
            await RestartAsync();
    }

    private async Task RestartAsync(params BenchService[] services)
    {
        isBusy = true;
        var ordered = await RestartBench.RunAsync(Actor, Id, services, Gone);
        problem = ordered.Error;
        shownJob = ordered.IsDone ? ordered.Value : shownJob;
        isBusy = false;
        await ReloadAsync();
    }

    private async Task RetryAsync()
    {
        isBusy = true;
        problem = (await RetryBench.RunAsync(Actor, Id, Gone)).Error;
        isBusy = false;
        await ReloadAsync();
    }

    private async Task GiveUpAsync()
    {
        if (bench is null || !await Dialogs.ConfirmByNameAsync("Give up this bench", bench.Name, "Nothing of it is on the server. The portal forgets it; its name is free again.", "Give up"))
            return;
        problem = (await GiveUpBench.RunAsync(Actor, Id, Gone)).Error;
        if (problem is null)
            Navigation.NavigateTo($"/servers/{bench.ServerId}");
    }
}
