using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The filter above a list: kept in the address (?find=), so that a reload and a shared link show the same.</summary>
public partial class FilterField
{
    private string text = "";

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [SupplyParameterFromQuery]
    private string? Find { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    // Only at the start: while somebody types, an older answer must not take back newer letters.
    protected override void OnInitialized() => text = Find ?? "";

    private void Remember() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("find", text.Length == 0 ? null : text), replace: true);
}
