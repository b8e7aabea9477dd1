using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>A text that is meant to be pasted elsewhere, with its button.</summary>
public partial class CopyField
{
    private bool wasCopied;

    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>What it is, for the button's hint and for readers of the screen: "public key".</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>All of it is shown, over several lines.</summary>
    [Parameter]
    public bool IsBlock { get; set; }

    private async Task CopyAsync()
    {
        try
        {
            await using var module = await Script.InvokeAsync<IJSObjectReference>("import", "./Components/Controls/CopyField.razor.js");
            wasCopied = await module.InvokeAsync<bool>("copy", Text);
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone.
        }
    }
}
