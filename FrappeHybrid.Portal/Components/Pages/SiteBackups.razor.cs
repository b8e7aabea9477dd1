using System.Globalization;
using FrappeHybrid.Core.Backups;
using FrappeHybrid.Core.Contracts.Backups;
using FrappeHybrid.Core.Contracts.Jobs;
using FrappeHybrid.Core.Jobs;
using FrappeHybrid.Core.Runs;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Backups;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>A site's backups: take one, look at what is in each, download, delete, upload.</summary>
public partial class SiteBackups
{
    private SiteView? site;
    private BackupList? list;
    private Error? problem;
    private Guid? ordered;
    private Guid? shownJob;
    private Guid? openId;
    private Guid loadedFor;
    private bool withFiles = true;
    private bool mayManage;
    private bool isBusy;
    private int keep;

    [Parameter]
    public Guid Id { get; set; }

    [Inject]
    private SiteQueries Sites { get; set; } = null!;

    [Inject]
    private BackupQueries Backups { get; set; } = null!;

    [Inject]
    private JobQueries Jobs { get; set; } = null!;

    [Inject]
    private BackupSite BackupSite { get; set; } = null!;

    [Inject]
    private DeleteBackup DeleteBackup { get; set; } = null!;

    [Inject]
    private SetBackupRetention SetBackupRetention { get; set; } = null!;

    [Inject]
    private CreateDownloadLink CreateDownloadLink { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private bool IsServing => site?.State is SiteState.Active or SiteState.Recovered;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is nameof(Site) or nameof(Backup) or nameof(Job);

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel)
    {
        site = await Sites.FindAsync(Actor, Id, cancel);
        list = await Backups.ListAsync(Actor, Id, cancel);
        if (site is null || list is null)
            return;
        mayManage = May(Capability.ManageSites, site.Place);
        if (loadedFor != Id)
        {
            (loadedFor, ordered, openId) = (Id, null, null);
            keep = list.Keep;
        }

        var runs = await Jobs.ListAsync(Actor, null, null, Id, 8, cancel);
        shownJob = ordered ?? runs.FirstOrDefault(run => BackupJobTypes.All.Any(type => type.Title == run.Title)) switch
        {
            { HasEnded: false } running => running.Id,
            { State: RunState.Failure or RunState.DeliveryFailure } failed when list.Backups.All(backup => backup.TakenAt < failed.CreatedAt) => failed.Id,
            _ => null,
        };
    }

    private static string Utc(BackupView backup) => backup.TakenAt.UtcDateTime.ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Word(BackupKind kind) => kind switch
    {
        BackupKind.Manual => "manual",
        BackupKind.Safety => "safety",
        BackupKind.Update => "before update",
        BackupKind.Final => "final",
        BackupKind.Upload => "uploaded",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of backup."),
    };

    private void Toggle(Guid id) => openId = openId == id ? null : id;

    private Task BackUpAsync() => DoAsync(async () =>
    {
        var job = await BackupSite.RunAsync(Actor, Id, withFiles, Gone);
        ordered = job.IsDone ? job.Value : ordered;
        return job.Error;
    });

    private async Task DeleteAsync(BackupView backup)
    {
        var sure = await Dialogs.Confirm(
            $"The backup of {Utc(backup)} ({Human.Bytes(backup.Bytes)}) is taken off the server. It cannot be brought back.",
            "Delete this backup",
            new ConfirmOptions { OkButtonText = "Delete", CancelButtonText = "Cancel", CloseDialogOnEsc = true });
        if (sure == true)
            await DoAsync(async () => (await DeleteBackup.RunAsync(Actor, backup.Id, Gone)).Error);
    }

    private Task KeepAsync() => DoAsync(async () => (await SetBackupRetention.RunAsync(Actor, Id, keep, Gone)).Error);

    private Task DownloadAsync(Guid backup, BackupFileKind kind) => DoAsync(async () =>
    {
        var token = await CreateDownloadLink.RunAsync(Actor, backup, kind, Gone);
        if (token.IsDone)
        {
            await using var module = await Script.InvokeAsync<IJSObjectReference>("import", Gone, "./Components/Pages/SiteBackups.razor.js");
            await module.InvokeVoidAsync("download", Gone, BackupEndpoints.Download(token.Value));
        }

        return token.Error;
    });

    private async Task DoAsync(Func<Task<Error?>> act)
    {
        isBusy = true;
        problem = await act();
        isBusy = false;
        await ReloadAsync();
    }
}
