using FrappeHybrid.Portal.Account;
using FrappeHybrid.Portal.Components.Layout.Commands;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>The menu of a server, bench, site or job: exactly the commands that its reader is offered for it now.</summary>
public partial class CommandMenu : IDisposable
{
    private ElementReference menu;
    private Thing? thing;
    private List<Command> offered = [];
    private double left;
    private double top;
    private bool takesFocus;

    [Inject]
    private CommandMenus Menus { get; set; } = null!;

    [Inject]
    private CommandRunner Runner { get; set; } = null!;

    [Inject]
    private CurrentActor Current { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    // Left and top of the pointer; the script moves it inside the window.
    private string Place => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"left: {left:0}px; top: {top:0}px");

    /// <inheritdoc/>
    public void Dispose()
    {
        Menus.Asked -= OnAsked;
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Menus.Asked += OnAsked;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!takesFocus)
            return;
        takesFocus = false;
        await CallAsync("open", menu);
    }

    private void OnAsked(Thing about, double x, double y) => _ = InvokeAsync(async () =>
    {
        if (await Current.FindAsync(CancellationToken.None) is not { } actor)
            return;
        offered = [.. CommandTable.For(actor, about)];
        if (offered.Count == 0)
            return;
        (thing, left, top, takesFocus) = (about, x, y, true);
        StateHasChanged();
    });

    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        if (key.Key is "Escape" or "Tab")
            await CloseAsync();
    }

    private async Task CloseAsync()
    {
        thing = null;
        await CallAsync("close");
    }

    private async Task RunAsync(Command command)
    {
        var about = thing;
        await CloseAsync();
        StateHasChanged();
        if (about is not null)
            await Runner.RunAsync(command, about, CancellationToken.None);
    }

    private async Task CallAsync(string function, params object?[] arguments)
    {
        try
        {
            await using var module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Layout/CommandMenu.razor.js");
            await module.InvokeVoidAsync(function, arguments);
        }
        catch (Exception ending) when (ending is JSDisconnectedException or TaskCanceledException or ObjectDisposedException)
        {
            // The browser has gone.
        }
    }
}
