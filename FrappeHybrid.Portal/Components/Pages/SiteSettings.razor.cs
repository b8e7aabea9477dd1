using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>How a site runs, its Administrator, its name.</summary>
public partial class SiteSettings
{
    private string password = "";
    private string newName = "";
    private bool logOutAllSessions = true;

    [Inject]
    private ClearSiteCache ClearSiteCache { get; set; } = null!;

    [Inject]
    private SetSiteScheduler SetSiteScheduler { get; set; } = null!;

    [Inject]
    private SetSiteMaintenance SetSiteMaintenance { get; set; } = null!;

    [Inject]
    private ResetAdministratorPassword ResetAdministratorPassword { get; set; } = null!;

    [Inject]
    private RenameSite RenameSite { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    private static StateLook Switch(bool? isOn, bool good) => isOn switch
    {
        null => new StateLook(IconName.Idle, "idle", "Unknown"),
        true => good ? new StateLook(IconName.Ok, "ok", "On") : new StateLook(IconName.Warn, "warn", "On"),
        false => good ? new StateLook(IconName.Warn, "warn", "Off") : new StateLook(IconName.Idle, "idle", "Off"),
    };

    private Task<bool> ClearCacheAsync() => OrderAsync(() => ClearSiteCache.RunAsync(Actor, Id, Gone));

    private Task<bool> SetSchedulerAsync(bool enabled) => OrderAsync(() => SetSiteScheduler.RunAsync(Actor, Id, enabled, Gone));

    private Task<bool> SetMaintenanceAsync(bool on) => OrderAsync(() => SetSiteMaintenance.RunAsync(Actor, Id, on, Gone));

    private async Task ResetPasswordAsync()
    {
        if (await OrderAsync(() => ResetAdministratorPassword.RunAsync(Actor, Id, password, logOutAllSessions, Gone)))
            password = "";
    }

    private async Task RenameAsync()
    {
        if (Site is null || !await Dialogs.ConfirmByNameAsync("Rename this site", Site.Name, $"It becomes {newName.Trim()}. Whoever uses the old name finds nothing there any more.", "Rename"))
            return;
        if (await OrderAsync(() => RenameSite.RunAsync(Actor, Id, newName, Gone)))
            newName = "";
    }
}
