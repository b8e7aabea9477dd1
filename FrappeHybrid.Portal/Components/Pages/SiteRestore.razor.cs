using System.Globalization;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Benches;
using FrappeHybrid.Core.Contracts.Names;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Restores;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Chooses a backup and where it goes: into this site, or a new one.</summary>
public partial class SiteRestore
{
    private SiteView? site;
    private IReadOnlyList<BackupView> choices = [];
    private List<BenchView> benches = [];
    private Error? problem;
    private Guid? shownJob;
    private Guid chosen;
    private Guid benchId;
    private string name = "";
    private string password = "";
    private bool isNew;
    private bool withPassword;
    private bool withoutBackup;
    private bool quiet = true;
    private bool mayManage;
    private bool isBusy;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Which one is chosen at first; the newest of this site otherwise.</summary>
    [SupplyParameterFromQuery]
    private Guid? Backup { get; set; }

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

    [Inject]
    private BenchQueries Benches { get; set; } = null!;

    [Inject]
    private RestoreQueries Queries { get; set; } = null!;

    [Inject]
    private JobQueries Jobs { get; set; } = null!;

    [Inject]
    private RestoreSite Restore { get; set; } = null!;

    [Inject]
    private RestoreIntoNewSite RestoreIntoNewSite { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    private BackupView? Chosen => choices.FirstOrDefault(backup => backup.Id == chosen);

    private string? NameProblem => name.Length > 0 && !SiteName.TryParse(name.Trim(), out _) ? SiteName.Rule : null;

    private bool CanRestore => !isBusy && Chosen is not null && (isNew
        ? SiteName.TryParse(name.Trim(), out _) && (!withPassword || AdministratorPassword.IsValid(password))
        : site?.State is SiteState.Active or SiteState.Recovered or SiteState.Fatal);

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Site) or nameof(Job) or nameof(Core.Backups.Backup);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        var isAnother = site?.Id != Id;
        site = await Sites.FindAsync(Actor, Id, cancel);
        if (site is null)
            return;
        mayManage = May(Capability.ManageSites, site.Place);
        choices = await Queries.BackupsForAsync(Actor, Id, cancel);
        benches = [.. (await Benches.ListAsync(Actor, site.ServerId, cancel)).Where(bench => bench.State is BenchState.Active)];
        if (isAnother)
        {
            shownJob = null;
            benchId = site.BenchId;
            chosen = Backup ?? Guid.Empty;
        }

        if (Chosen is null)
            chosen = choices.Count > 0 ? choices[0].Id : Guid.Empty;
        if (site.State is SiteState.Working && site.LastJobId is { } last && await Jobs.FindAsync(Actor, last, cancel) is { HasEnded: false })
            shownJob = last;
    }

    private void Choose(ChangeEventArgs change)
    {
        if (Guid.TryParse(change.Value?.ToString(), out var id))
            chosen = id;
    }

    private static string Describe(BackupView backup) =>
        string.Create(CultureInfo.InvariantCulture, $"{backup.TakenAt.UtcDateTime:d MMM yyyy HH:mm} UTC, {Human.Bytes(backup.Bytes)}, {(backup.WithFiles ? "database and files" : "database")}, Frappe {backup.FrappeVersion}");

    private async Task RestoreAsync()
    {
        if (!CanRestore || site is null || Chosen is not { } backup)
            return;
        if (isNew)
        {
            isBusy = true;
            var made = await RestoreIntoNewSite.RunAsync(Actor, benchId, backup.Id, name.Trim(), withPassword ? password : null, quiet, Gone);
            (problem, isBusy) = (made.Error, false);
            if (made.IsDone)
                Navigation.NavigateTo($"/sites/{made.Value}");
            return;
        }

        var consequence = withoutBackup ? "What the site is now is lost: there is no safety backup." : "What the site is now is replaced. A safety backup of it is taken first.";
        if (!await Dialogs.ConfirmByNameAsync("Restore this site", site.Name, consequence, "Restore"))
            return;
        isBusy = true;
        var ordered = await Restore.RunAsync(Actor, Id, backup.Id, withoutBackup, Gone);
        (problem, isBusy) = (ordered.Error, false);
        if (ordered.IsDone)
            shownJob = ordered.Value;
        await ReloadAsync();
    }
}
