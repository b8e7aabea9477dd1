using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>Plays a terminal's recording: the script reads the file and draws it.</summary>
public partial class TerminalPlayer : IAsyncDisposable
{
    private ElementReference root;
    private IJSObjectReference? module;
    private IJSObjectReference? player;

    /// <summary>Where the recording is.</summary>
    [Parameter, EditorRequired]
    public string Address { get; set; } = "";

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (player is not null)
            {
                await player.InvokeVoidAsync("dispose");
                await player.DisposeAsync();
            }

            if (module is not null)
                await module.DisposeAsync();
        }
        catch (Exception ending) when (ending is JSDisconnectedException or TaskCanceledException)
        {
            // The browser has gone.
        }

        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Controls/TerminalPlayer.razor.js");
            player = await module.InvokeAsync<IJSObjectReference>("start", root, Address);
        }
        catch (Exception ending) when (ending is JSDisconnectedException or TaskCanceledException)
        {
            // The browser has gone.
        }
    }
}
