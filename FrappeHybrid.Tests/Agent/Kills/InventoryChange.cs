namespace FrappeHybrid.Tests.Agent.Kills;

/// <summary>What two inventories of a server differ in; each list in order.</summary>
internal sealed record InventoryChange(IReadOnlyList<string> Added, IReadOnlyList<string> Gone)
{
    public bool IsNothing => Added.Count + Gone.Count == 0;

    /// <summary>Without the entries for which it holds.</summary>
    public InventoryChange Without(Func<string, bool> isFine) => new([.. Added.Where(entry => !isFine(entry))], [.. Gone.Where(entry => !isFine(entry))]);

    /// <summary>Without the entries that hold one of the words: "everything that is new is about this site".</summary>
    public InventoryChange WithoutAbout(params string[] words) => Without(entry => words.Any(word => entry.Contains(word, StringComparison.Ordinal)));

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', [.. Added.Select(entry => $"+ {entry}"), .. Gone.Select(entry => $"- {entry}")]);
}
