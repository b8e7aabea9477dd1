using FrappeHybrid.Portal.Components.Controls;
using FrappeHybrid.Portal.Components.Layout.Commands;

namespace FrappeHybrid.Portal.Components.Layout;

/// <summary>A line of the explorer.</summary>
/// <param name="Level">1 for a server, 2 for a bench, 3 for a site.</param>
/// <param name="Position">Among its siblings, from 1.</param>
/// <param name="Siblings">How many they are.</param>
/// <param name="IsOpen">What is in it is shown; null when there is nothing in it.</param>
public sealed record TreeNode(Thing Thing, StateLook Look, string? Reason, int Level, int Position, int Siblings, bool? IsOpen)
{
    /// <summary>Its id in the page.</summary>
    public string ElementId => $"tree-{Thing.Id:N}";
}
