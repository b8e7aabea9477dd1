using System.Text;
using FrappeHybrid.Portal.Activity;

namespace FrappeHybrid.Portal.Components.Controls.Grids;

/// <summary>Rows as a file for a spreadsheet.</summary>
internal static class GridText
{
    /// <summary>Comma-separated, with the titles in the first line; no field is taken for a formula.</summary>
    public static string Csv<TRow>(IReadOnlyList<GridColumn<TRow>> columns, IEnumerable<TRow> rows)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Select(column => ActivityExport.Field(column.Title))).Append("\r\n");
        foreach (var row in rows)
            text.AppendJoin(',', columns.Select(column => ActivityExport.Field(column.Text(row)))).Append("\r\n");
        return text.ToString();
    }
}
