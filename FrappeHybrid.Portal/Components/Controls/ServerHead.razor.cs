using FrappeHybrid.Core.Servers;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>The head that all pages of one server share: its state and why, its parts.</summary>
public partial class ServerHead
{
    [Parameter, EditorRequired]
    public ServerView Server { get; set; } = null!;

    /// <summary>The page's own buttons.</summary>
    [Parameter]
    public RenderFragment? Buttons { get; set; }

    /// <summary>What is under "More".</summary>
    [Parameter]
    public RenderFragment? More { get; set; }
}
