using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The update of all sites of a bench: begins one, shows each site's progress, pauses, goes on, cancels.</summary>
public partial class BenchUpdatePage
{
    private BenchView? bench;
    private UpdateOffer? offer;
    private BenchUpdateView? update;
    private Error? problem;
    private readonly Dictionary<Guid, string> names = [];
    private Guid? chosen;
    private bool skipFailing;
    private bool mayManage;
    private bool mayMake;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private UpdateQueries Updates { get; set; } = null!;

    [Inject]
    private BenchUpdateQueries BenchUpdates { get; set; } = null!;

    [Inject]
    private UpdateBenchSites UpdateBenchSites { get; set; } = null!;

    [Inject]
    private UpdateBenchSitesToRelease UpdateToRelease { get; set; } = null!;

    [Inject]
    private PauseBenchUpdate PauseUpdate { get; set; } = null!;

    [Inject]
    private ResumeBenchUpdate ResumeUpdate { get; set; } = null!;

    [Inject]
    private CancelBenchUpdate CancelUpdate { get; set; } = null!;

    private bool IsOpen => update is { State: BenchUpdateState.Running or BenchUpdateState.Paused or BenchUpdateState.Stopped };

    private int Through => update?.Sites.Count(site => site.State is BenchUpdateSiteState.Done or BenchUpdateSiteState.Skipped) ?? 0;

    private string Summary => update is null ? "" : update switch
    {
        { State: BenchUpdateState.Running, TargetIsReady: false } => $"Waits until the bench {update.TargetBench} is ready.",
        { State: BenchUpdateState.Running } when Through == 0 => "The first site goes alone.",
        { State: BenchUpdateState.Paused } => $"{Through} of {Human.Count(update.Sites.Count, "site")} through; no other is begun. {update.StateReason}",
        _ => $"{Through} of {Human.Count(update.Sites.Count, "site")} through.",
    };

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(BenchUpdate) or nameof(Bench) or nameof(Site) or nameof(Job);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        bench = await Benches.FindAsync(Actor, Id, cancel);
        offer = await Updates.ForBenchAsync(Actor, Id, cancel);
        if (bench is null || offer is null)
            return;
        mayManage = May(Capability.ManageSites, bench.Place);
        mayMake = mayManage && May(Capability.ManageBenches, bench.Place);
        update = await BenchUpdates.LastAsync(Actor, Id, cancel);
        if (offer.Targets.All(target => target.BenchId != chosen))
            chosen = offer.Targets.FirstOrDefault(target => UpdateTargets.CanChoose(target, mayWait: true))?.BenchId;
    }

    private static string What(BenchUpdateSiteView item) => item switch
    {
        { State: BenchUpdateSiteState.Running, Step: { } step } => step,
        { State: BenchUpdateSiteState.Done, DowntimeSeconds: { } seconds } => $"visitors got no page for {Human.Duration(TimeSpan.FromSeconds(seconds))}",
        _ => item.Reason ?? "",
    };

    private async Task BeginAsync()
    {
        if (chosen is not { } target)
            return;
        isBusy = true;
        problem = (await UpdateBenchSites.RunAsync(Actor, Id, target, skipFailing, Gone)).Error;
        await ReloadAsync();
        isBusy = false;
    }

    private async Task BeginInNewBenchAsync(NewerRelease release)
    {
        isBusy = true;
        problem = (await UpdateToRelease.RunAsync(Actor, Id, release.ReleaseId, NameFor(release), skipFailing, Gone)).Error;
        await ReloadAsync();
        isBusy = false;
    }

    /// <summary>What was typed; otherwise the bench's own name with the version, e.g. main-15-51-0.</summary>
    private string NameFor(NewerRelease release) => names.GetValueOrDefault(release.ReleaseId) ?? $"{bench!.Name}-{release.Version.Replace('.', '-')}";

    private async Task MoveAsync(Func<Actor, Guid, CancellationToken, Task<Result>> act)
    {
        problem = (await act(Actor, update!.Id, Gone)).Error;
        await ReloadAsync();
    }
}
