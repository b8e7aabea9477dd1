using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>A list with the details of what is chosen in it beside it; the border between them stays where it was put. On a phone the details take the place of the list.</summary>
public partial class Split : IAsyncDisposable
{
    private ElementReference split;
    private IJSObjectReference? script;
    private bool isStarted;

    /// <summary>Stable: under it the browser remembers the size.</summary>
    [Parameter, EditorRequired]
    public string Name { get; set; } = "";

    /// <summary>What the details are, for readers of the screen.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public bool IsOpen { get; set; }

    /// <summary>The same list with nothing chosen.</summary>
    [Parameter, EditorRequired]
    public string CloseHref { get; set; } = "";

    [Parameter, EditorRequired]
    public RenderFragment List { get; set; } = null!;

    [Parameter, EditorRequired]
    public RenderFragment Details { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await CallAsync(async () => await (script?.DisposeAsync() ?? ValueTask.CompletedTask));
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The border comes and goes with the details.
        if (isStarted == IsOpen)
            return;
        isStarted = IsOpen;
        if (IsOpen)
        {
            await CallAsync(async () =>
            {
                script ??= await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Controls/Split.razor.js");
                await script.InvokeVoidAsync("start", split, Name);
            });
        }
    }

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
