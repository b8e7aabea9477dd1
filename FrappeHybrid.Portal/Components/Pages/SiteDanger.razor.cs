using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>What takes a site's data away: reinstall and drop, each confirmed by its name.</summary>
public partial class SiteDanger
{
    private SiteView? site;
    private Error? problem;
    private Guid? shownJob;
    private string password = "";
    private bool reinstallWithoutBackup;
    private bool dropWithoutBackup;
    private bool mayManage;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

    [Inject]
    private JobQueries Jobs { get; set; } = null!;

    [Inject]
    private ReinstallSite ReinstallSite { get; set; } = null!;

    [Inject]
    private DropSite DropSite { get; set; } = null!;

    [Inject]
    private BringBackSite BringBackSite { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    private bool CanWork => site?.State is SiteState.Active or SiteState.Recovered or SiteState.Fatal;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Site) or nameof(Job);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        if (site?.Id != Id)
            shownJob = null;
        site = await Sites.FindAsync(Actor, Id, cancel);
        if (site is null)
            return;
        mayManage = May(Capability.ManageSites, site.Place);
        if (site.State is SiteState.Working && site.LastJobId is { } last && await Jobs.FindAsync(Actor, last, cancel) is { HasEnded: false })
            shownJob = last;
    }

    private async Task ReinstallAsync()
    {
        if (site is null || !await Dialogs.ConfirmByNameAsync(
            "Reinstall this site", site.Name, reinstallWithoutBackup ? "All of its data and files are lost; there is no backup first." : "All of its data and files go; a safety backup of them is taken first.", "Reinstall"))
            return;
        await OrderAsync(() => ReinstallSite.RunAsync(Actor, Id, site.Name, password, reinstallWithoutBackup, Gone));
        if (problem is null)
            password = "";
    }

    private async Task DropAsync()
    {
        if (site is null || !await Dialogs.ConfirmByNameAsync(
            "Drop this site", site.Name, dropWithoutBackup ? "Its database is lost: it cannot be brought back." : "It stops serving now. For 7 days it can be brought back from the trash.", "Drop"))
            return;
        var name = site.Name;
        if (await OrderAsync(() => DropSite.RunAsync(Actor, Id, name, dropWithoutBackup, Gone)) is { } job)
            Toasts.Follow(job, $"Drop {name}", $"/jobs/{job}", dropWithoutBackup ? null : Id);
    }

    private async Task UndoAsync() => await OrderAsync(() => BringBackSite.RunAsync(Actor, Id, null, null, Gone));

    private async Task<Guid?> OrderAsync(Func<Task<Result<Guid>>> order)
    {
        isBusy = true;
        var ordered = await order();
        isBusy = false;
        problem = ordered.Error;
        if (ordered.IsDone)
            shownJob = ordered.Value;
        await ReloadAsync();
        return ordered.IsDone ? ordered.Value : null;
    }
}
