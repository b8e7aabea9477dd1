using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>One site: open it, or see how its making goes.</summary>
public partial class SitePage
{
    private SiteView? site;
    private RunView? job;
    private IReadOnlyList<RunView> runs = [];
    private Error? problem;
    private string password = "";
    private bool mayManage;
    private bool isRetrying;
    private bool isBusy;
    private Guid askedFor;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

    [Inject]
    private JobQueries Jobs { get; set; } = null!;

    [Inject]
    private RetrySite RetrySite { get; set; } = null!;

    [Inject]
    private GiveUpSite GiveUpSite { get; set; } = null!;

    [Inject]
    private CancelJob CancelJob { get; set; } = null!;

    [Inject]
    private ClearSiteCache ClearSiteCache { get; set; } = null!;

    [Inject]
    private SiteFactsReader Facts { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Site) or nameof(Job) or nameof(SiteFacts);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        site = await Sites.FindAsync(Actor, Id, cancel);
        if (site is null)
            return;
        mayManage = May(Capability.ManageSites, site.Place);
        runs = await Jobs.ListAsync(Actor, null, null, Id, 8, cancel);
        job = site.LastJobId is { } last ? await Jobs.FindAsync(Actor, last, cancel) : null;

        // Apart from the page: a server that does not answer must not keep it from showing itself.
        if (askedFor != Id && site.State is SiteState.Active or SiteState.Recovered)
            _ = InvokeAsync(AskAsync);
        askedFor = Id;
    }

    private async Task ClearCacheAsync()
    {
        problem = (await ClearSiteCache.RunAsync(Actor, Id, Gone)).Error;
        await ReloadAsync();
    }

    private Task<bool> RefreshFactsAsync() => Facts.RefreshAsync(Id, fresh: true, Gone);

    private async Task AskAsync()
    {
        try
        {
            await Facts.RefreshAsync(Id, fresh: false, Gone);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private async Task RetryAsync()
    {
        isBusy = true;
        problem = (await RetrySite.RunAsync(Actor, Id, password, Gone)).Error;
        isBusy = false;
        if (problem is null)
        {
            password = "";
            isRetrying = false;
        }

        await ReloadAsync();
    }

    private async Task CancelAsync()
    {
        if (job is not null)
            problem = (await CancelJob.RunAsync(Actor, job.Id, Gone)).Error;
        await ReloadAsync();
    }

    private async Task GiveUpAsync()
    {
        if (site is null || !await Dialogs.ConfirmByNameAsync("Give up this site", site.Name, "Nothing of it is on the server. The portal forgets it; its name is free again.", "Give up"))
            return;
        problem = (await GiveUpSite.RunAsync(Actor, Id, Gone)).Error;
        if (problem is null)
            Navigation.NavigateTo($"/benches/{site.BenchId}");
    }
}
