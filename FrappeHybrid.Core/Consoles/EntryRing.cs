namespace FrappeHybrid.Core.Consoles;

/// <summary>Entries in their order, dropped at the beginning, added at the end, and read in the middle at once.</summary>
internal sealed class EntryRing
{
    private ConsoleEntry[] items = new ConsoleEntry[256];
    private int first;

    public int Count { get; private set; }

    public ConsoleEntry this[int at] => items[(first + at) & (items.Length - 1)];

    public void Add(ConsoleEntry entry)
    {
        if (Count == items.Length)
            Grow();
        items[(first + Count) & (items.Length - 1)] = entry;
        Count++;
    }

    public ConsoleEntry RemoveFirst()
    {
        var entry = items[first];
        items[first] = default;
        first = (first + 1) & (items.Length - 1);
        Count--;
        return entry;
    }

    private void Grow()
    {
        var larger = new ConsoleEntry[items.Length * 2];
        for (var at = 0; at < Count; at++)
            larger[at] = this[at];
        (items, first) = (larger, 0);
    }
}
