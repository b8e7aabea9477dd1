using FrappeHybrid.Core.Contracts.Benches;
using FrappeHybrid.Portal.Consoles;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>A container's live output in a terminal. Lines go from the hub to the script; Blazor never draws one.</summary>
public partial class ConsoleView : IAsyncDisposable
{
    private ElementReference root;
    private IJSObjectReference? module;
    private IJSObjectReference? view;
    private bool wasShown;

    [Parameter, EditorRequired]
    public Guid BenchId { get; set; }

    [Parameter, EditorRequired]
    public BenchService Service { get; set; }

    /// <summary>Hidden consoles run on; when shown again they take the size of their place.</summary>
    [Parameter]
    public bool IsShown { get; set; } = true;

    /// <summary>Further buttons.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

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
        try
        {
            if (firstRender)
            {
                module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Controls/ConsoleView.razor.js");
                view = await module.InvokeAsync<IJSObjectReference>("start", root, ConsoleHub.Path, BenchId, Service.Name());
            }
            else if (IsShown && !wasShown && view is not null)
            {
                await view.InvokeVoidAsync("fit");
            }

            wasShown = IsShown;
        }
        catch (Exception ending) when (ending is JSDisconnectedException or TaskCanceledException)
        {
            // The browser has gone.
        }
    }
}
