using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Updates;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Core.Updates;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>What a site can be updated to, what goes on, how the last update ended, and what can be done about that.</summary>
public partial class SiteUpdate
{
    private SiteView? site;
    private UpdateOffer? offer;
    private UpdateSiteResult? result;
    private Error? problem;
    private Guid? chosen;
    private bool mayManage;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

    [Inject]
    private UpdateQueries Updates { get; set; } = null!;

    [Inject]
    private Core.Updates.UpdateSite Update { get; set; } = null!;

    [Inject]
    private MigrateSite MigrateSite { get; set; } = null!;

    [Inject]
    private RetryUpdate RetryUpdate { get; set; } = null!;

    [Inject]
    private StayOnVersion StayOnVersion { get; set; } = null!;

    [Inject]
    private RecoverSite RecoverSite { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change is { Entity: nameof(Bench) } || (change is { Entity: nameof(Site) } && change.Id == Id) || (change is { Entity: nameof(Job) } && change.Id == offer?.LastJobId);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        site = await Sites.FindAsync(Actor, Id, cancel);
        offer = await Updates.ForSiteAsync(Actor, Id, cancel);
        if (site is null || offer is null)
            return;
        mayManage = May(Capability.ManageSites, site.Place);
        result = offer.LastJobId is { } last ? await Updates.ResultAsync(Actor, last, cancel) : null;
        if (offer.Targets.All(target => target.BenchId != chosen))
            chosen = offer.Targets.FirstOrDefault(target => UpdateTargets.CanChoose(target, mayWait: false))?.BenchId;
    }

    private Task UpdateAsync() => chosen is { } target ? ActAsync(() => Update.RunAsync(Actor, Id, target, false, Gone)) : Task.CompletedTask;

    private async Task StayAsync()
    {
        problem = (await StayOnVersion.RunAsync(Actor, Id, Gone)).Error;
        await ReloadAsync();
    }

    private async Task ActAsync(Func<Task<Result<Guid>>> act)
    {
        isBusy = true;
        problem = (await act()).Error;
        await ReloadAsync();
        isBusy = false;
    }
}
