using FrappeHybrid.Core.Releases;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>Where the portal signs in to pull images: a password goes in and never comes out.</summary>
public partial class RegistryPanel
{
    private string host = "";
    private string userName = "";
    private string password = "";
    private Error? problem;
    private bool isOpen;
    private bool isBusy;

    [Parameter, EditorRequired]
    public IReadOnlyList<ImageRegistryView> Registries { get; set; } = [];

    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private SetRegistrySignIn SetRegistrySignIn { get; set; } = null!;

    [Inject]
    private RemoveRegistrySignIn RemoveRegistrySignIn { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    /// <inheritdoc/>
    protected override bool Concerns(LiveChange change) => false;

    /// <inheritdoc/>
    protected override Task LoadAsync(CancellationToken cancel) => Task.CompletedTask;

    private void Open(ImageRegistryView? registry)
    {
        (host, userName, password) = (registry?.Host ?? "", registry?.UserName ?? "", "");
        isOpen = true;
        problem = null;
    }

    private void Close()
    {
        password = "";
        isOpen = false;
        problem = null;
    }

    private async Task SaveAsync()
    {
        isBusy = true;
        problem = (await SetRegistrySignIn.RunAsync(Actor, host, userName, password, Gone)).Error;
        isBusy = false;
        if (problem is not null)
            return;
        Close();
        await OnChanged.InvokeAsync();
    }

    private async Task RemoveAsync(Guid registry, string name)
    {
        if (!await Dialogs.ConfirmByNameAsync("Remove this sign-in", name, "Images of this registry can no longer be pulled, unless they are public. Benches that run are not touched.", "Remove sign-in"))
            return;
        isBusy = true;
        problem = (await RemoveRegistrySignIn.RunAsync(Actor, registry, Gone)).Error;
        isBusy = false;
        await OnChanged.InvokeAsync();
    }
}
