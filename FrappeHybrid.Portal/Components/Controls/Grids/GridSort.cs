namespace FrappeHybrid.Portal.Components.Controls.Grids;

/// <summary>By which column rows are sorted: "name", or "-name" for the other way round, as it stands in the address.</summary>
public sealed record GridSort(string Column, bool IsDown)
{
    /// <summary>Null when the text names nothing.</summary>
    public static GridSort? Parse(string? text) => string.IsNullOrEmpty(text) || text == "-" ? null : text[0] == '-' ? new GridSort(text[1..], true) : new GridSort(text, false);

    /// <summary>After a click on the head of a column: up, down, then as it came.</summary>
    public static GridSort? Next(GridSort? now, string column) => now?.Column != column ? new GridSort(column, false) : now.IsDown ? null : now with { IsDown = true };

    /// <inheritdoc/>
    public override string ToString() => IsDown ? $"-{Column}" : Column;
}
