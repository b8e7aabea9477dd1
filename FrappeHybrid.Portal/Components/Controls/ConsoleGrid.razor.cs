using FrappeHybrid.Core.Contracts.Consoles;
using FrappeHybrid.Portal.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls;

/// <summary>A console, and up to three others beside it; which ones is in the address.</summary>
public partial class ConsoleGrid
{
    /// <summary>So many are readable on one screen.</summary>
    public const int Most = 4;

    /// <summary>The query in which the others stand.</summary>
    public const string Query = "beside";

    [Parameter, EditorRequired]
    public Guid ServerId { get; set; }

    /// <summary>What the page is of.</summary>
    [Parameter, EditorRequired]
    public ConsoleSource Main { get; set; } = null!;

    /// <summary>The others, as <see cref="Query"/> has them.</summary>
    [Parameter]
    public string? Beside { get; set; }

    /// <summary>The page's path, for links to lines.</summary>
    [Parameter, EditorRequired]
    public string Address { get; set; } = "";

    /// <summary>Where consoles are kept; none in a window of its own.</summary>
    [Parameter]
    public Workspace? Workspace { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private List<ConsoleSource> All => [Main, .. Parse(Beside).Where(each => each != Main).Take(Most - 1)];

    /// <summary>The consoles of a query; what is none is left out.</summary>
    public static IReadOnlyList<ConsoleSource> Parse(string? beside) =>
        [.. (beside ?? "").Split(',').Select(each => ConsoleSource.TryParse(each, out var source) ? source : null).OfType<ConsoleSource>().Distinct().Take(Most - 1)];

    /// <summary>The query with one more; null when there is no room for it.</summary>
    public static string? With(string? beside, ConsoleSource source)
    {
        var all = Parse(beside);
        return all.Count >= Most - 1 || all.Contains(source) ? null : string.Join(',', all.Append(source));
    }

    private string Without(ConsoleSource source)
    {
        var rest = string.Join(',', Parse(Beside).Where(each => each != source));
        return Navigation.GetUriWithQueryParameter(Query, rest.Length == 0 ? null : rest);
    }
}
