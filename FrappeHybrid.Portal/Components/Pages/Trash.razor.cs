using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Dropped sites: until when they can be brought back, and the two ways out.</summary>
public partial class Trash
{
    private readonly Dictionary<Guid, Guid> shown = [];
    private IReadOnlyList<TrashView> sites = [];
    private List<BenchView> benches = [];
    private Error? problem;
    private Guid? asking;
    private Guid benchId;
    private string name = "";
    private bool isBusy;

    [Inject]
    private TrashQueries Queries { get; set; } = null!;

    [Inject]
    private TeamQueries Teams { get; set; } = null!;

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private BringBackSite BringBackSite { get; set; } = null!;

    [Inject]
    private PurgeSite PurgeSite { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Site) or nameof(Job);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var team = await Teams.CurrentAsync(Actor, cancel);
        sites = [.. (await Queries.ListAsync(Actor, cancel)).Where(site => team is null || site.Place.TeamId == team)];
        benches = [.. (await Benches.ListAsync(Actor, null, cancel)).Where(bench => bench.State is BenchState.Active)];
        foreach (var site in sites.Where(site => site is { State: SiteState.Working, LastJobId: not null }))
            shown[site.SiteId] = site.LastJobId!.Value;
    }

    private async Task BringBackAsync(TrashView site)
    {
        isBusy = true;
        var isAsked = asking == site.SiteId;
        var ordered = await BringBackSite.RunAsync(Actor, site.SiteId, isAsked && name.Trim().Length > 0 ? name : null, isAsked && benchId != Guid.Empty ? benchId : null, Gone);
        isBusy = false;
        Take(site, ordered);
        if (ordered.Error?.Code is BringBackSite.NameTaken or BringBackSite.BenchGone && !isAsked)
        {
            asking = site.SiteId;
            name = "";
            benchId = benches.Find(bench => bench.ServerId == site.ServerId && bench.Name == site.BenchName)?.Id ?? benches.Find(bench => bench.ServerId == site.ServerId)?.Id ?? Guid.Empty;
        }

        if (ordered.IsDone)
        {
            asking = null;
            Navigation.NavigateTo($"/sites/{site.SiteId}");
            return;
        }

        await ReloadAsync();
    }

    private async Task PurgeAsync(TrashView site)
    {
        if (!await Dialogs.ConfirmByNameAsync("Delete for ever", site.Name, "Its files, its backups and the last copy of its database go from the server. Nobody can bring them back.", "Delete for ever"))
            return;
        isBusy = true;
        var ordered = await PurgeSite.RunAsync(Actor, site.SiteId, site.Name, Gone);
        isBusy = false;
        Take(site, ordered);
        await ReloadAsync();
    }

    private void Take(TrashView site, Result<Guid> ordered)
    {
        problem = ordered.Error;
        if (ordered.IsDone)
            shown[site.SiteId] = ordered.Value;
    }
}
