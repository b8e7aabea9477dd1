using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Asks for name and bench of a copy of a site.</summary>
public partial class SiteClone
{
    private SiteView? site;
    private List<BenchView> benches = [];
    private Guid benchId;
    private Error? problem;
    private string name = "";
    private string password = "";
    private bool withPassword;
    private bool quiet = true;
    private bool mayManage;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private CloneSite CloneSite { get; set; } = null!;

    private string? NameProblem => name.Length > 0 && !SiteName.TryParse(name.Trim(), out _) ? SiteName.Rule : null;

    private bool CanClone => !isBusy && SiteName.TryParse(name.Trim(), out _) && (!withPassword || AdministratorPassword.IsValid(password));

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Site) or nameof(Bench);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var isAnother = site?.Id != Id;
        site = await Sites.FindAsync(Actor, Id, cancel);
        if (site is null)
            return;
        mayManage = May(Capability.ManageSites, site.Place);
        benches = [.. (await Benches.ListAsync(Actor, site.ServerId, cancel)).Where(bench => bench.State is BenchState.Active)];
        if (isAnother)
            benchId = site.BenchId;
    }

    private async Task CloneAsync()
    {
        if (!CanClone)
            return;
        isBusy = true;
        var cloned = await CloneSite.RunAsync(Actor, Id, benchId, name.Trim(), withPassword ? password : null, quiet, Gone);
        problem = cloned.Error;
        isBusy = false;
        if (cloned.IsDone)
            Navigation.NavigateTo($"/sites/{cloned.Value}");
    }
}
