namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>One part of a breadcrumb, or a tab.</summary>
/// <param name="Text">What a person reads.</param>
/// <param name="Href">Where it leads.</param>
/// <param name="Also">Other pages that belong to it: their tab is this one.</param>
public sealed record Crumb(string Text, string Href, params IReadOnlyList<string> Also)
{
    /// <summary>The address is this page, or one that belongs to it.</summary>
    public bool Holds(string path) => path == Href || Also.Contains(path);
}
