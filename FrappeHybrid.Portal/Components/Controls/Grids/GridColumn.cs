using Microsoft.AspNetCore.Components;

namespace FrappeHybrid.Portal.Components.Controls.Grids;

/// <summary>A column of a <see cref="Grid{TRow}"/>: its words, how it is drawn, by what it sorts.</summary>
public sealed class GridColumn<TRow> : ComponentBase
{
    /// <summary>Stable: stands in the address and in what the person chose.</summary>
    [Parameter, EditorRequired]
    public string Key { get; set; } = "";

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>What stands in it, as in the file that is downloaded.</summary>
    [Parameter, EditorRequired]
    public Func<TRow, string?> Text { get; set; } = null!;

    /// <summary>By what it sorts; its text when null.</summary>
    [Parameter]
    public Func<TRow, IComparable?>? SortBy { get; set; }

    /// <summary>How it is drawn; its text when null.</summary>
    [Parameter]
    public RenderFragment<TRow>? ChildContent { get; set; }

    /// <summary>"140px"; what is left over when null.</summary>
    [Parameter]
    public string? Width { get; set; }

    /// <summary>Numbers stand at the right.</summary>
    [Parameter]
    public bool IsNumber { get; set; }

    /// <summary>The name of the row: always shown.</summary>
    [Parameter]
    public bool IsName { get; set; }

    /// <summary>Not shown until somebody chooses it.</summary>
    [Parameter]
    public bool IsExtra { get; set; }

    [CascadingParameter]
    private Grid<TRow> Grid { get; set; } = null!;

    internal IComparable? ValueOf(TRow row) => SortBy is null ? Text(row) : SortBy(row);

    /// <inheritdoc/>
    protected override void OnInitialized() => Grid.Add(this);
}
