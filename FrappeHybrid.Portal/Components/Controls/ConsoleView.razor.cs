using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Portal.Consoles;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The live lines of a source and its past. Lines go from the hub to the script; Blazor never draws one.</summary>
public partial class ConsoleView : IAsyncDisposable
{
    private ElementReference root;
    private IJSObjectReference? module;
    private IJSObjectReference? view;

    [Parameter, EditorRequired]
    public Guid ServerId { get; set; }

    [Parameter, EditorRequired]
    public ConsoleSource Source { get; set; } = null!;

    /// <summary>The page that a link to a line leads to; the source's own when it is not given.</summary>
    [Parameter]
    public string? Address { get; set; }

    /// <summary>Further buttons.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <summary>The page of a source alone.</summary>
    public static string AddressOf(Guid server, ConsoleSource source) => $"/servers/{server}/console/{source}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (view is not null)
            {
                await view.InvokeVoidAsync("dispose");
                await view.DisposeAsync();
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
            module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Controls/ConsoleView.razor.js");
            view = await module.InvokeAsync<IJSObjectReference>("start", root, new
            {
                path = ConsoleHub.Path,
                server = ServerId,
                source = Source.ToString(),
                address = Address ?? AddressOf(ServerId, Source),
                text = ConsoleDownload.For(ServerId, Source),
                file = ConsoleDownload.FileName(Source),
            });
        }
        catch (Exception ending) when (ending is JSDisconnectedException or TaskCanceledException)
        {
            // The browser has gone.
        }
    }
}
