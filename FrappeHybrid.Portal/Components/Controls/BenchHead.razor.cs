using FrappeHybrid.Core.Benches;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The head that all pages of one bench share: where it is, its state and why, its parts.</summary>
public partial class BenchHead
{
    [Parameter, EditorRequired]
    public BenchView Bench { get; set; } = null!;

    /// <summary>The page's own buttons.</summary>
    [Parameter]
    public RenderFragment? Buttons { get; set; }
}
