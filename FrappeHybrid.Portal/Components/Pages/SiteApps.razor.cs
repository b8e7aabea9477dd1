using FrappeHybrid.Core.Contracts.Sites;
using FrappeHybrid.Core.Sites;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Which apps a site has, which it could have, and what would go with one of them.</summary>
public partial class SiteApps
{
    private IReadOnlyList<string> offered = [];
    private UninstallPreview? preview;
    private string? asked;

    [Inject]
    private SiteAppsReader Reader { get; set; } = null!;

    [Inject]
    private InstallSiteApp InstallSiteApp { get; set; } = null!;

    [Inject]
    private UninstallSiteApp UninstallSiteApp { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    private IReadOnlyList<string> Offered => [.. offered.Except(Site?.Apps ?? [], StringComparer.Ordinal)];

    /// <inheritdoc/>
    protected override async Task LoadPartAsync(CancellationToken cancel) => offered = await Reader.OfferedAsync(Actor, Id, cancel);

    private Task<bool> InstallAsync(string app) => OrderAsync(() => InstallSiteApp.RunAsync(Actor, Id, app, Gone));

    private async Task PreviewAsync(string app)
    {
        (asked, preview, Problem) = (app, null, null);
        var found = await Reader.PreviewAsync(Actor, Id, app, Gone);
        (preview, Problem, asked) = (found.IsDone ? found.Value : null, found.Error, found.IsDone ? app : null);
    }

    private async Task UninstallAsync()
    {
        if (asked is not { } app || !await Dialogs.ConfirmByNameAsync($"Uninstall {app}", app, "All documents of the app go. A backup is taken first.", "Uninstall"))
            return;
        if (await OrderAsync(() => UninstallSiteApp.RunAsync(Actor, Id, app, Gone)))
            (asked, preview) = (null, null);
    }
}
