using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Components.Layout.Commands;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using Radzen;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>The desktop: it stays while pages come and go, so that the dock's consoles and the tree run on.</summary>
public partial class DesktopLayout : IAsyncDisposable
{
    private ElementReference desktop;
    private ErrorBoundary? boundary;
    private (bool Drawer, bool Dock) drawn;
    private IJSObjectReference? script;
    private DotNetObjectReference<DesktopLayout>? self;

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private ILogger<DesktopLayout> Log { get; set; } = null!;

    [Inject]
    private CurrentActor Current { get; set; } = null!;

    [Inject]
    private CommandRunner Runner { get; set; } = null!;

    [Inject]
    private ViewerTime ViewerTime { get; set; } = null!;

    /// <summary>The keys of a command of <see cref="CommandTable"/> were pressed.</summary>
    [JSInvokable]
    public async Task OnCommandAsync(string id)
    {
        if (CommandTable.Find(id) is { Kind: ThingKind.Nothing } command && await Current.FindAsync(CancellationToken.None) is { } actor && command.IsOffered(actor, Thing.None))
            await Runner.RunAsync(command, Thing.None, CancellationToken.None);
    }

    /// <summary>Something was typed on the page that is open: its tab stays.</summary>
    [JSInvokable]
    public void OnTyped() => Workspace.Keep(Navigation.PathOf());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Workspace.Changed -= OnChanged;
        Workspace.CommandGiven -= OnGiven;
        Navigation.LocationChanged -= OnLocationChanged;
        await CallAsync(async () =>
        {
            if (script is not null)
                await script.DisposeAsync();
        });
        self?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        Workspace.Visit(Navigation.PathOf(), Navigation.PathAndQueryOf());
        Workspace.Changed += OnChanged;
        Workspace.CommandGiven += OnGiven;
        Navigation.LocationChanged += OnLocationChanged;
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        await CallAsync(async () =>
        {
            self = DotNetObjectReference.Create(this);
            script = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Layout/DesktopLayout.razor.js");
            var start = await script.InvokeAsync<BrowserStart?>("start", desktop, self, CommandTable.Keys);
            Workspace.Import(start?.Workspace);
            ViewerTime.Set(start?.Zone, start?.IsUtc == true);
        });
    }

    private Error Describe(Exception problem)
    {
        Log.LogError(problem, "A page failed");
        return new Error("page-failed", "This page could not be shown.", "Load it again. If it fails again, tell your operator the time at which it happened.", problem.GetType().Name);
    }

    private void Recover() => boundary?.Recover();

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        boundary?.Recover();
        Workspace.Visit(Navigation.PathOf(), Navigation.PathAndQueryOf());
    }

    private void OnGiven(string command) => _ = InvokeAsync(async () =>
    {
        if (command == DesktopCommands.Help.Id)
            await Dialogs.OpenAsync<ShortcutList>("Keyboard shortcuts", null, new DialogOptions { Width = "480px", CloseDialogOnEsc = true, CloseDialogOnOverlayClick = true });
        else if (command == DesktopCommands.Dock.Id)
            Workspace.ToggleDock();
        else if (command == DesktopCommands.KeepTab.Id)
            Workspace.Keep(Navigation.PathOf());
        else if (command == DesktopCommands.CloseTab.Id)
            Navigation.NavigateTo(Workspace.Close(Navigation.PathOf()));
        else if (command == DesktopCommands.CloseOthers.Id)
            Workspace.CloseOthers(Navigation.PathOf());
        else if (command == DesktopCommands.NextTab.Id)
            Navigation.NavigateTo(Workspace.Beside(Navigation.PathOf(), 1));
        else if (command == DesktopCommands.PreviousTab.Id)
            Navigation.NavigateTo(Workspace.Beside(Navigation.PathOf(), -1));
        else if (command == DesktopCommands.TimeZone.Id)
            await ToggleZoneAsync();
        else if (command == DesktopCommands.Explorer.Id || command == DesktopCommands.FilterExplorer.Id || command == DesktopCommands.Theme.Id)
            await CallAsync(async () => await (script?.InvokeVoidAsync("run", command) ?? ValueTask.CompletedTask));
    });

    private async Task ToggleZoneAsync()
    {
        ViewerTime.Toggle();
        await CallAsync(async () => await (script?.InvokeVoidAsync("keepZone", ViewerTime.IsUtc) ?? ValueTask.CompletedTask));
    }

    private void OnChanged() => _ = InvokeAsync(async () =>
    {
        // Drawing the layout again makes the page in it read again: only when it looks different itself.
        if (drawn != (Workspace.IsDrawerOpen, Workspace.IsDockOpen))
        {
            drawn = (Workspace.IsDrawerOpen, Workspace.IsDockOpen);
            StateHasChanged();
        }

        await CallAsync(async () => await (script?.InvokeVoidAsync("store", Workspace.Export()) ?? ValueTask.CompletedTask));
    });

    private static async Task CallAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception ending) when (ending is JSDisconnectedException or TaskCanceledException or ObjectDisposedException)
        {
            // The browser has gone.
        }
    }

    private sealed record BrowserStart(string? Workspace, string? Zone, bool IsUtc);
}
