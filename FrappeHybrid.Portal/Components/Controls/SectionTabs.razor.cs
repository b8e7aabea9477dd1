using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The parts of one server, bench or site, each with an address of its own, under its head.</summary>
public partial class SectionTabs
{
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<Crumb> Sections { get; set; } = [];
}
