using FrappeHybrid.Core.Sites;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The head that all pages of one site share: where it is, its state and why, its parts.</summary>
public partial class SiteHead
{
    [Parameter, EditorRequired]
    public SiteView Site { get; set; } = null!;

    /// <summary>The page's own buttons, before "Open site".</summary>
    [Parameter]
    public RenderFragment? Buttons { get; set; }
}
