using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace FrappeHybrid.Portal.Components;

/// <summary>The document. The desktop is one interactive tree, so that its dock and tabs outlive each page; account pages are plain forms.</summary>
public partial class App
{
    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    // No prerendering: a page would ask Core twice and be drawn twice.
    private IComponentRenderMode? Mode => HttpContext.AcceptsInteractiveRouting() ? new InteractiveServerRenderMode(prerender: false) : null;
}
