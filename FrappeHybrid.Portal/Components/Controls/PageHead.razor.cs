using FrappeHybrid.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The head of every page: where it is, its title, its state, at most three buttons, the rest under "More". It also names the page's tab.</summary>
public partial class PageHead
{
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The title is a name that is typed elsewhere: monospace.</summary>
    [Parameter]
    public bool IsName { get; set; }

    /// <summary>The tab's icon.</summary>
    [Parameter]
    public IconName Picture { get; set; } = IconName.Home;

    [Parameter]
    public StateLook? Look { get; set; }

    /// <summary>Why it is in this state, on hover.</summary>
    [Parameter]
    public string? Reason { get; set; }

    /// <summary>What it lies in, outermost first.</summary>
    [Parameter]
    public IReadOnlyList<Crumb> Trail { get; set; } = [];

    [Parameter]
    public RenderFragment? Buttons { get; set; }

    [Parameter]
    public RenderFragment? More { get; set; }

    /// <summary>It heads details beside a list: the page and its tab keep their own name.</summary>
    [Parameter]
    public bool IsBeside { get; set; }

    [Inject]
    private Workspace Workspace { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (!IsBeside)
            Workspace.NameTab(Navigation.PathOf(), Title, IsName, Picture);
    }
}
