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

    /// <summary>A key was pressed that <see cref="Shortcuts"/> lists.</summary>
    [JSInvokable]
    public async Task OnCommandAsync(string command)
    {
        switch (command)
        {
            case ['/', ..]:
                Navigation.NavigateTo(command);
                break;
            case Shortcuts.Help:
                await Dialogs.OpenAsync<ShortcutList>("Keyboard shortcuts", null, new DialogOptions { Width = "440px", CloseDialogOnEsc = true, CloseDialogOnOverlayClick = true });
                break;
            case Shortcuts.Dock:
                Workspace.ToggleDock();
                break;
            case Shortcuts.NextTab:
                Navigation.NavigateTo(Workspace.Beside(Navigation.PathOf(), 1));
                break;
            case Shortcuts.PreviousTab:
                Navigation.NavigateTo(Workspace.Beside(Navigation.PathOf(), -1));
                break;
            case Shortcuts.CloseTab:
                Navigation.NavigateTo(Workspace.Close(Navigation.PathOf()));
                break;
            default:
                Workspace.Give(command);
                break;
        }
    }

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
            var stored = await script.InvokeAsync<string?>("start", desktop, self, Shortcuts.All.Select(shortcut => new[] { shortcut.Keys, shortcut.Command }));
            Workspace.Import(stored);
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

    private void OnGiven(string command)
    {
        if (command == Shortcuts.Explorer)
            _ = CallAsync(async () => await (script?.InvokeVoidAsync("toggleExplorer") ?? ValueTask.CompletedTask));
    }

    private void OnChanged() => _ = InvokeAsync(async () =>
    {
        StateHasChanged();
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
}
