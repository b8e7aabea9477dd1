using FrappeHybrid.Core.Tokens;
using FrappeHybrid.Portal.Components.Controls;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Pages;

/// <summary>A list of tokens, each with what it may, how long, and when it was used.</summary>
public partial class ApiTokenRows
{
    [Parameter, EditorRequired]
    public IReadOnlyList<ApiTokenView> Tokens { get; set; } = [];

    /// <summary>They are of several people.</summary>
    [Parameter]
    public bool ShowOwner { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [Parameter]
    public EventCallback<ApiTokenView> OnRevoke { get; set; }

    private static StateLook Look(ApiTokenState state) => state switch
    {
        ApiTokenState.Open => new StateLook(IconName.Ok, "ok", "Works"),
        ApiTokenState.Expired => new StateLook(IconName.Idle, "idle", "Ended"),
        ApiTokenState.Revoked => new StateLook(IconName.Skipped, "idle", "Revoked"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a token's state."),
    };
}
