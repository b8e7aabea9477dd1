using FrappeHybrid.Portal.Terminals;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The window on an open terminal. Bytes go between the hub and the script; Blazor sees none of them.</summary>
public partial class TerminalPane : IAsyncDisposable
{
    private ElementReference root;
    private IJSObjectReference? module;
    private IJSObjectReference? pane;
    private string title = "";

    [Parameter, EditorRequired]
    public Guid TerminalId { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (pane is not null)
            {
                await pane.InvokeVoidAsync("dispose");
                await pane.DisposeAsync();
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
    protected override void OnParametersSet() => title = $"paste-{TerminalId}";

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;
        try
        {
            module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Controls/TerminalPane.razor.js");
            pane = await module.InvokeAsync<IJSObjectReference>("start", root, TerminalHub.Path, TerminalId);
        }
        catch (Exception ending) when (ending is JSDisconnectedException or TaskCanceledException)
        {
            // The browser has gone.
        }
    }
}
