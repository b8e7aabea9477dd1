namespace FrappeHybrid.Portal.Components.Controls.Grids;

/// <summary>Which rows are selected, as in any desktop: one, one more (Ctrl), all up to one (Shift).</summary>
public sealed class GridSelection
{
    private readonly HashSet<Guid> chosen = [];
    private Guid? anchor;

    public int Count => chosen.Count;

    public bool Has(Guid row) => chosen.Contains(row);

    public void Toggle(Guid row)
    {
        if (!chosen.Remove(row))
            chosen.Add(row);
        anchor = row;
    }

    /// <summary>From the row that was touched last to this one.</summary>
    public void Extend(IReadOnlyList<Guid> rows, Guid to)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var from = Index(rows, anchor ?? to);
        var end = Index(rows, to);
        if (from < 0 || end < 0)
            return;
        for (var at = Math.Min(from, end); at <= Math.Max(from, end); at++)
            chosen.Add(rows[at]);
        anchor ??= to;
    }

    public void All(IEnumerable<Guid> rows) => chosen.UnionWith(rows);

    public void Clear()
    {
        chosen.Clear();
        anchor = null;
    }

    /// <summary>What is not there any more is not selected any more.</summary>
    public void Keep(IEnumerable<Guid> rows) => chosen.IntersectWith(rows);

    private static int Index(IReadOnlyList<Guid> rows, Guid row)
    {
        for (var at = 0; at < rows.Count; at++)
        {
            if (rows[at] == row)
                return at;
        }

        return -1;
    }
}
