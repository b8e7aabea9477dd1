using System.Globalization;
using FrappeHybrid.Core.PortalBackups;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>The operator's page about the portal's backups of itself.</summary>
public partial class PortalBackup
{
    private PortalBackupOverview? overview;
    private Error? problem;
    private bool isMaking;
    private bool isBusy;
    private bool withKey;
    private string passphrase = "";
    private string again = "";

    [Inject]
    private PortalBackupQueries Backups { get; set; } = null!;

    [Inject]
    private CreatePortalBackup CreatePortalBackup { get; set; } = null!;

    [Inject]
    private DeletePortalBackup DeletePortalBackup { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    private static int Shortest => PortalBackupWriter.ShortestPassphrase;

    private bool IsOther => again.Length > 0 && again != passphrase;

    private bool IsReady => !withKey || (passphrase.Length >= Shortest && passphrase == again);

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => change.Entity is "PortalBackup";

    /// <inheritdoc/>
    protected override async Task LoadAsync(CancellationToken cancel) => overview = await Backups.FindAsync(Actor, cancel);

    private static string Utc(PortalBackupFile file) => file.MadeAt.UtcDateTime.ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private async Task MakeAsync()
    {
        isBusy = true;
        problem = (await CreatePortalBackup.RunAsync(Actor, withKey ? passphrase : null, Gone)).Error;
        isBusy = false;
        if (problem is null)
            Close();
        await ReloadAsync();
    }

    private void Close()
    {
        (isMaking, withKey) = (false, false);
        (passphrase, again) = ("", "");
    }

    private async Task DeleteAsync(PortalBackupFile file)
    {
        var sure = await Dialogs.Confirm(
            $"The backup of {Utc(file)} is deleted from this machine. It cannot be brought back.",
            "Delete this backup",
            new ConfirmOptions { OkButtonText = "Delete", CancelButtonText = "Cancel", CloseDialogOnEsc = true });
        if (sure != true)
            return;
        isBusy = true;
        problem = (await DeletePortalBackup.RunAsync(Actor, file.Name, Gone)).Error;
        isBusy = false;
        await ReloadAsync();
    }
}
