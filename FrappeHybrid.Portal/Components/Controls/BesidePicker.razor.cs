using FrappeHybrid.Core.Contracts.Consoles;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>Puts another console beside those of the page.</summary>
public partial class BesidePicker
{
    [Parameter, EditorRequired]
    public ConsoleSource Main { get; set; } = null!;

    /// <summary>What can be put there.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<ConsoleSource> Choices { get; set; } = [];

    /// <summary>What stands there already, as the address has it.</summary>
    [Parameter]
    public string? Beside { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private void Choose(ChangeEventArgs change)
    {
        if (ConsoleSource.TryParse(change.Value as string, out var source) && ConsoleGrid.With(Beside, source) is { } beside)
            Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(ConsoleGrid.Query, beside));
    }
}
